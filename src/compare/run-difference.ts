// Two runs of a lab held against each other: two kernels, or two settings of a sysctl. What differs in claims, segments and sysctls.

import { numberRelatively } from "../evidence/numbering.ts";
import type { SegmentLine, TimelineLine } from "../evidence/timeline.ts";
import { spellFlags } from "../tcp/flags.ts";
import type { JudgedClaim, VerdictDocument } from "../verdict/document.ts";
import { differences } from "./sequence-difference.ts";

export interface ComparedRun {
  readonly verdict: VerdictDocument;
  readonly lines: readonly TimelineLine[];
  /** Of the namespace before any scene wrote its own; undefined where environment.json was not there. */
  readonly sysctls: Readonly<Record<string, string>> | undefined;
}

export interface ClaimDifference {
  readonly id: string;
  readonly claim: string;
  /** "conforms (ESTABLISHED)"; undefined where the run's lab does not claim it. */
  readonly a: string | undefined;
  readonly b: string | undefined;
}

export interface SegmentDifference {
  readonly scene: string;
  readonly only: "a" | "b";
  readonly frame: number;
  /** "server SYN ACK seq=0 ack=1 length=0 <mss 65495, ...>"; relative numbers. */
  readonly segment: string;
}

export interface SysctlDifference {
  /** Undefined: of the namespace, for every scene. */
  readonly scene?: string;
  readonly name: string;
  readonly a: string | undefined;
  readonly b: string | undefined;
}

export interface RunDifference {
  readonly claims: readonly ClaimDifference[];
  readonly segments: readonly SegmentDifference[];
  readonly sysctls: readonly SysctlDifference[];
}

export const compareRuns = (a: ComparedRun, b: ComparedRun): RunDifference => ({
  claims: compareClaims(a.verdict.claims, b.verdict.claims),
  segments: compareSegments(a.lines, b.lines),
  sysctls: [...compareValues(a.sysctls ?? {}, b.sysctls ?? {}), ...compareSettings(a.lines, b.lines)],
});

function compareClaims(a: readonly JudgedClaim[], b: readonly JudgedClaim[]): readonly ClaimDifference[] {
  const [ofA, ofB] = [a, b].map((claims) => new Map(claims.map((claim) => [claim.id, claim])));
  return [...new Map([...a, ...b].map(({ id, claim }) => [id, claim]))]
    .map(([id, claim]) => ({ id, claim, a: spellClaim(ofA?.get(id)), b: spellClaim(ofB?.get(id)) }))
    .filter((one) => one.a !== one.b);
}

/** A number or text that no run has twice, like a random one, is no difference: only claims compare it with something. */
const spellClaim = (claim: JudgedClaim | undefined): string | undefined =>
  claim === undefined ? undefined : claim.seen === undefined ? claim.verdict : `${claim.verdict} (${claim.seen.value})`;

function compareSegments(a: readonly TimelineLine[], b: readonly TimelineLine[]): readonly SegmentDifference[] {
  const [ofA, ofB] = [bySceneOf(a), bySceneOf(b)];
  return [...new Set([...ofA.keys(), ...ofB.keys()])].flatMap((scene) => {
    const [own, other] = [ofA.get(scene) ?? [], ofB.get(scene) ?? []];
    const found = differences(
      own.map(({ text }) => text),
      other.map(({ text }) => text),
    );
    return found.map(({ only, index, text }) => ({
      scene,
      only,
      frame: (only === "a" ? own : other)[index]?.frame ?? 0,
      segment: text,
    }));
  });
}

interface SpelledSegment {
  readonly frame: number;
  readonly text: string;
}

/** What the kernel sent for the first time: how often it repeats something is a matter of timing. */
function bySceneOf(lines: readonly TimelineLine[]): ReadonlyMap<string, readonly SpelledSegment[]> {
  const segments = lines.filter((line): line is SegmentLine => line.type === "segment");
  const numbers = numberRelatively(segments);
  const scenes = new Map<string, SpelledSegment[]>();
  for (const line of segments) {
    if (line.origin !== "kernel" || line.repeats !== undefined) continue;
    const own = scenes.get(line.scene) ?? [];
    own.push({ frame: line.frame, text: spellSegment(line, numbers.get(line.id) ?? line) });
    scenes.set(line.scene, own);
  }
  return scenes;
}

/** Clocks differ in every run; a number counted from nothing, of an end that had not sent yet, does too. */
function spellSegment(line: SegmentLine, { seq, ack }: { readonly seq: number; readonly ack: number }): string {
  const options = line.options
    .map((option) => option.replace(/^(timestamps|sack) .*/, "$1"))
    .filter((option) => option !== "nop");
  const acknowledges = line.flags.includes("ACK") ? ` ack=${ack}` : "";
  return `${line.end} ${spellFlags(line.flags)} seq=${seq}${acknowledges} length=${line.length} <${options.join(", ")}>`;
}

function compareSettings(a: readonly TimelineLine[], b: readonly TimelineLine[]): readonly SysctlDifference[] {
  const [ofA, ofB] = [settingsOf(a), settingsOf(b)];
  return [...ofA.keys()]
    .filter((scene) => ofB.has(scene))
    .flatMap((scene) => compareValues(ofA.get(scene) ?? {}, ofB.get(scene) ?? {}).map((one) => ({ scene, ...one })));
}

const settingsOf = (lines: readonly TimelineLine[]): ReadonlyMap<string, Readonly<Record<string, string>>> =>
  new Map(
    lines.flatMap((line) =>
      line.type === "note" && line.topic === "scene" ? [[line.scene ?? "", textsOf(line.data?.sysctls)] as const] : [],
    ),
  );

function textsOf(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, String(one)]));
}

function compareValues(
  a: Readonly<Record<string, string>>,
  b: Readonly<Record<string, string>>,
): readonly SysctlDifference[] {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
  return names.filter((name) => a[name] !== b[name]).map((name) => ({ name, a: a[name], b: b[name] }));
}
