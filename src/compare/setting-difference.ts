// What two runs were set to: sysctls of the namespace and of single scenes, and how each scene was played.

import { isNoteOf } from "../evidence/notes.ts";
import type { ComparedRun } from "./compared-run.ts";

export interface SettingDifference {
  /** Undefined: of the namespace, for every scene. */
  readonly scene?: string;
  /** "net.ipv4.tcp_ecn", or of a scene "family", "mtu", ..., and "played": whether it was. */
  readonly name: string;
  /** Undefined where this run has none of this name. */
  readonly a: string | undefined;
  readonly b: string | undefined;
}

export const isSysctl = ({ name }: SettingDifference): boolean => name.startsWith("net.");

type Values = Readonly<Record<string, string>>;

export function compareSettings(a: ComparedRun, b: ComparedRun): readonly SettingDifference[] {
  const [ofA, ofB] = [settingsOf(a), settingsOf(b)];
  const here = ({ sysctls = {} }: ComparedRun, { name }: { readonly name: string }) => sysctls[name];
  const scenes = [...new Set([...ofA.keys(), ...ofB.keys()])];
  return [
    ...(a.sysctls === undefined || b.sysctls === undefined ? [] : compareValues(a.sysctls, b.sysctls)),
    ...scenes.flatMap((scene) => {
      const [own, other] = [ofA.get(scene), ofB.get(scene)];
      if (own === undefined || other === undefined)
        return [{ scene, name: PLAYED, a: own && "yes", b: other && "yes" }];
      // What a scene's namespace was given no value of, it had as every namespace of that machine.
      const found = compareValues(own, other).map((one) => ({
        ...one,
        a: one.a ?? here(a, one),
        b: one.b ?? here(b, one),
      }));
      return found.filter((one) => one.a !== one.b).map((one) => ({ scene, ...one }));
    }),
  ];
}

const PLAYED = "played";

const settingsOf = ({ lines }: ComparedRun): ReadonlyMap<string, Values> =>
  new Map(
    lines
      .filter((line) => isNoteOf(line, "scene"))
      .map(({ scene = "", data = {} }) => {
        // Where ports are asked of the kernel, no run has them twice; and what did not reach a scene changes nothing in it.
        const { sysctls, pins, unreached: _unreached, client: _client, server: _server, ...rest } = data;
        return [scene, { ...textsOf(rest), ...textsOf(pins), ...textsOf(sysctls) }];
      }),
  );

const textsOf = (value: unknown): Values =>
  typeof value === "object" && value !== null
    ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, String(one)]))
    : {};

/**
 * What could be chosen is not what was: it grows when anybody's choice loads a module. And group numbers are told as the
 * reader's user namespace maps them, so that root and an ordinary user read one default differently.
 */
const NO_SETTINGS = [
  "net.ipv4.tcp_allowed_congestion_control",
  "net.ipv4.tcp_available_congestion_control",
  "net.ipv4.ping_group_range",
];

function compareValues(a: Values, b: Values): readonly Omit<SettingDifference, "scene">[] {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
  return names
    .filter((name) => a[name] !== b[name] && !NO_SETTINGS.includes(name))
    .map((name) => ({ name, a: a[name], b: b[name] }));
}
