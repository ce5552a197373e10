// Whether every scene was played with the sysctls that environment.json says were pinned and asked for.

import { isNoteOf } from "../evidence/notes.ts";
import { factsOfMode } from "../evidence/scene-modes.ts";
import type { Note, TimelineLine } from "../evidence/timeline.ts";
import { type Complaint, complaint } from "./complaint.ts";

type Sysctls = Readonly<Record<string, string>>;

/** As environment.json tells it. */
export interface RunSysctls {
  readonly pinned: Sysctls;
  readonly asked: Sysctls;
}

/** Scenes whose segments are held rest on every pin; others do without those that make the kernel patient. */
export function checkSysctls(run: RunSysctls, lines: readonly TimelineLine[]): readonly Complaint[] {
  return lines.flatMap((line) =>
    isNoteOf(line, "scene")
      ? faultsOf(line, run).map((fault) => complaint("environment", `${line.id}: ${line.scene} ${fault}`))
      : [],
  );
}

function faultsOf({ data = {} }: Note, { pinned, asked }: RunSysctls): readonly string[] {
  const [pins, set, unreached] = [data.pins, data.sysctls, data.unreached].map(textsOf) as [Sysctls, Sysctls, Sysctls];
  const otherwise = Object.entries(pins)
    .filter(([name, value]) => pinned[name] !== value)
    .map(([name, value]) => `rests on ${name} = ${value}, which environment.json does not say was pinned`);
  const missing = Object.keys(factsOfMode(data.mode)?.held === true ? pinned : {})
    .filter((name) => !(name in pins) && !(name in set))
    .map((name) => `does not say what ${name} was, which was pinned`);
  const ignored = Object.entries(asked)
    .filter(([name, value]) => set[name] !== value && unreached[name] !== value)
    .map(([name, value]) => `says neither that ${name} = ${value} reached it, as asked, nor that it did not`);
  const unasked = Object.entries(unreached)
    .filter(([name, value]) => asked[name] !== value)
    .map(([name, value]) => `was not reached by ${name} = ${value}, which environment.json does not say was asked for`);
  return [...otherwise, ...missing, ...ignored, ...unasked];
}

const textsOf = (value: unknown): Sysctls =>
  typeof value === "object" && value !== null
    ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, String(one)]))
    : {};
