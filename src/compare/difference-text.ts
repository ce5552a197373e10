// What differs between two runs, for a terminal: claims, settings with what they lead to, and the segments that no setting explains.

import { wrap } from "../report/terminal/columns.ts";
import { painted, type TerminalStyle } from "../report/terminal/style.ts";
import { printable } from "../report/view/printable.ts";
import { braced } from "./braces.ts";
import { type ClaimFold, foldClaims } from "./claim-fold.ts";
import type { ComparedRun } from "./compared-run.ts";
import { groupBy } from "./group-by.ts";
import type { ClaimDifference, RunDifference } from "./run-difference.ts";
import { foldSegments, type SegmentFold } from "./segment-fold.ts";
import type { SettingDifference } from "./setting-difference.ts";

/** Of each part, and of the names below one entry; --json has all. */
const MOST_ENTRIES = 20;
const MOST_LINES = 6;
const MORE = "(--json has all)";

export function formatDifference(a: ComparedRun, b: ComparedRun, found: RunDifference, style: TerminalStyle): string {
  const name = ({ verdict: { run } }: ComparedRun) => printable(`${run.lab}, run ${run.id}, ${run.kernel}`);
  const segments = foldSegments(found);
  const parts = [
    `a: ${name(a)}\nb: ${name(b)}`,
    part("Claims", found.claims.length, formatClaims(foldClaims(found.claims)), style),
    part("Settings", found.settings.length, formatSettings(found.settings, segments), style),
    part("Segments", found.segments.length, formatSegments(segments, found), style),
  ];
  return `${parts.join("\n\n")}\n`;
}

/** Lines that are indented and then broken, each with its own hanging indent. */
type Entry = readonly string[];

function part(title: string, count: number, entries: readonly Entry[], style: TerminalStyle): string {
  if (count === 0) return `${title}: no difference.`;
  const told = entries.slice(0, MOST_ENTRIES).map((lines) => lines.map((line) => brokenLine(line, style)).join("\n"));
  const more = entries.length > MOST_ENTRIES ? [`  … and ${entries.length - MOST_ENTRIES} more ${MORE}`] : [];
  return [painted(`${title} that differ: ${count}`, "bold", style), ...told, ...more].join("\n");
}

function brokenLine(line: string, { columns }: TerminalStyle): string {
  const indent = /^ */.exec(line)?.[0] ?? "";
  const lines = wrap(printable(line), columns, indent, `${indent}  `).split("\n");
  return lines.length <= MOST_LINES
    ? lines.join("\n")
    : [...lines.slice(0, MOST_LINES), `${indent}  … ${MORE}`].join("\n");
}

/** Folds with the same cause are one entry. */
const formatClaims = (folds: readonly ClaimFold[]): readonly Entry[] =>
  [...groupBy(folds, ({ causes, claims: [one] }) => (causes.length === 0 ? `${one?.claim.id}` : causes.join()))].map(
    ([, own]) => {
      const causes = own[0]?.causes ?? [];
      const indent = causes.length === 0 ? "" : "  ";
      return [...causes.map((cause) => `  ${cause}`), ...own.flatMap(formatFold).map((line) => `${indent}${line}`)];
    },
  );

function formatFold({ a, b, claims }: ClaimFold): readonly string[] {
  const side = (name: string, { answer, verdicts }: ClaimFold["a"]) =>
    `    ${name} ${verdicts}${answer === "" ? "" : `: ${answer}`}`;
  const [only] = claims;
  const told = claims.length === 1 && only !== undefined ? `1 claim: ${only.claim.claim}` : `${claims.length} claims`;
  return [`  ${told}`, side("a", a), side("b", b), ...formatNames(claims).map((names) => `    ${names}`)];
}

/** "established-{ipv4,ipv6}: ack-{next,last}-ack-beyond": scenes with the same claims together. */
function formatNames(claims: readonly ClaimDifference[]): readonly string[] {
  const ofScene = groupBy(claims, ({ claim }) => claim.scene);
  const scenes = groupBy([...ofScene], ([scene, own]) => braced(own.map(({ claim }) => afterScene(claim.id, scene))));
  return [...scenes].map(([names, own]) => `${braced(own.map(([scene]) => scene))}${names && `: ${names}`}`);
}

const afterScene = (id: string, scene: string): string => id.slice(id.indexOf(`.${scene}`) + scene.length + 2);

/** What was set alike in several scenes is one entry, and so is all that only one kernel has. */
function formatSettings(settings: readonly SettingDifference[], segments: readonly SegmentFold[]): readonly Entry[] {
  const effectsOf = (setting: SettingDifference) => segments.filter(({ because }) => because.includes(setting));
  const alone = (setting: SettingDifference) =>
    setting.scene === undefined &&
    (setting.a === undefined || setting.b === undefined) &&
    effectsOf(setting).length === 0;
  const ofOne = groupBy(settings.filter(alone), ({ a }) => (a === undefined ? "b" : "a"));
  const others = groupBy(
    settings.filter((one) => !alone(one)),
    ({ name, a, b }) => JSON.stringify([name, a, b]),
  );
  return [
    ...[...others.values()].map((own) => [
      `  ${formatSetting(own)}`,
      ...[...new Set(own.flatMap(effectsOf))].map((effect) => `    hence ${formatSegmentFold(effect)}`),
    ]),
    ...[...ofOne].map(([run, own]) => [
      `  only ${run} has ${own.map(({ name, a, b }) => `${name}=${a ?? b}`).join(", ")}`,
    ]),
  ];
}

function formatSetting(own: readonly SettingDifference[]): string {
  const [{ name, a, b }] = own as readonly [SettingDifference];
  const scenes = own.flatMap(({ scene }) => (scene === undefined ? [] : [scene]));
  return `${name}: ${a ?? "none"} in a, ${b ?? "none"} in b${scenes.length === 0 ? "" : ` (${formatScenes(scenes)})`}`;
}

function formatSegments(folds: readonly SegmentFold[], found: RunDifference): readonly Entry[] {
  const countOf = (some: readonly SegmentFold[]) => new Set(some.flatMap(({ differences }) => differences)).size;
  const unexplained = folds.filter(({ because }) => because.length === 0);
  const [explained, claimed] = [countOf(folds) - countOf(unexplained), found.segments.length - countOf(folds)];
  return [
    ...unexplained.map((fold) => [
      `  ${formatSegmentFold(fold)}`,
      ...(fold.change === "" ? [] : [`    ${fold.change}`]),
    ]),
    ...(explained === 0 ? [] : [[`  ${explained} by the settings above`]]),
    ...(claimed === 0 ? [] : [[`  ${claimed} that the claims above are about`]]),
  ];
}

function formatSegmentFold({ what, a, b, differences }: SegmentFold): string {
  const scenes = [...new Set(differences.map(({ scene }) => scene))];
  const kinds = [...new Set(differences.map((one) => `${(one.a ?? one.b)?.end} ${(one.a ?? one.b)?.fields.flags}`))];
  const [only] = differences;
  const frame = differences.length === 1 ? `, frame ${(only?.a ?? only?.b)?.lines[0]?.frame}` : "";
  const count = differences.length === 1 ? "1 segment" : `${differences.length} segments`;
  const values =
    what === "segment"
      ? `only in ${a === undefined ? "b" : "a"}: ${a ?? b}`
      : `${what}: ${a ?? "none"} in a, ${b ?? "none"} in b`;
  return `${values}: ${count}${what === "segment" ? "" : ` (${kinds.join(", ")})`} in ${formatScenes(scenes)}${frame}`;
}

const FEW = 8;

const formatScenes = (scenes: readonly string[]): string =>
  scenes.length <= FEW ? braced(scenes) : `${scenes.length} scenes`;
