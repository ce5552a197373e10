// Which runs of a class share evidence that chance does not give twice: initial sequence numbers, times, payloads.

import { createHash } from "node:crypto";
import { payloadsOf } from "../audit/payloads.ts";
import { nanosecondsBetween } from "../evidence/instants.ts";
import type { SegmentLine } from "../evidence/timeline.ts";
import type { Lab } from "../lab/scene.ts";
import type { JudgedEvidence, Judgement } from "./judge-bundle.ts";

/** `number`: a random initial sequence number; `instant`: a time to the nanosecond; `gap`: a time between two segments, to the nanosecond. */
const KINDS = ["number", "instant", "gap", "payload"] as const;
type Kind = (typeof KINDS)[number];

/**
 * From how many on they are no chance, in a class of a thousand (half a million pairs): one number of 2^32 may meet its
 * like among hundreds, a gap of microseconds among dozens; an instant and a payload of other letters do not.
 */
const TELLING: Readonly<Record<Kind, number>> = { number: 2, instant: 1, gap: 4, payload: 1 };

/** Of each kind and run: enough to tell, and a bound on what a class takes in memory. */
const KEPT = 64;
/** Runs that are remembered for one finger: of a thousand copies each is held against the first few. */
const HOLDERS = 8;

/** Runs that all have the same evidence, in the order in which they were judged. */
export interface SharedEvidence {
  readonly runs: readonly string[];
  /** How many of each kind all of them have. */
  readonly shared: Shared;
}

type Shared = Readonly<Partial<Record<Kind, number>>>;

/** What two runs have in common; `sum`: of the very fingers, by which other pairs with the same ones are found. */
interface Common {
  readonly shared: Partial<Record<Kind, number>>;
  sum: number;
}

interface Group {
  readonly runs: Set<number>;
  readonly shared: Shared;
}

export class Fingerprints {
  private readonly runs: { readonly name: string; readonly person: string }[] = [];
  private readonly holders = new Map<number, number[]>();
  /** By the fingers that a pair has in common: whoever has the same ones belongs to the same group. */
  private readonly groups = new Map<number, Group>();

  /** Keeps numbers alone, nothing of the evidence itself. */
  add({ name, verdict }: Judgement, fingers: Fingers): void {
    const { student, nonce } = verdict.run;
    const index = this.runs.push({ name, person: JSON.stringify([student, nonce]) }) - 1;
    const found = new Map<number, Common>();
    for (const kind of KINDS) for (const finger of fingers[kind]) this.hold(kind, finger, index, found);
    for (const [holder, { shared, sum }] of found) {
      if (!KINDS.some((kind) => (shared[kind] ?? 0) >= TELLING[kind])) continue;
      const group = this.groups.get(sum) ?? { runs: new Set(), shared };
      this.groups.set(sum, group);
      group.runs.add(holder).add(index);
    }
  }

  /** A group may be a part of another, which then shares less. Those that share most come first, then the largest. */
  sharing(): readonly SharedEvidence[] {
    const total = ({ shared }: Group) => Object.values(shared).reduce((sum, count) => sum + count, 0);
    return [...this.groups.values()]
      .sort((a, b) => total(b) - total(a) || b.runs.size - a.runs.size)
      .map(({ runs, shared }) => ({
        runs: [...runs].sort((a, b) => a - b).map((run) => this.runs[run]?.name ?? ""),
        shared,
      }));
  }

  /** `found`: what the run has in common with those before it, as far as it is known. */
  private hold(kind: Kind, finger: number, index: number, found: Map<number, Common>): void {
    const holders = this.holders.get(finger);
    if (holders === undefined) {
      this.holders.set(finger, [index]);
      return;
    }
    for (const holder of holders) {
      // Their own payload is the same in every run of one person.
      if (kind === "payload" && this.runs[holder]?.person === this.runs[index]?.person) continue;
      const common = found.get(holder) ?? { shared: {}, sum: 0 };
      found.set(holder, common);
      common.shared[kind] = (common.shared[kind] ?? 0) + 1;
      common.sum = (common.sum + finger) % FINGERS;
    }
    if (holders.length < HOLDERS) holders.push(index);
  }
}

/** What of one run is compared, of each kind and each once: numbers that stand for it. */
export type Fingers = Readonly<Record<Kind, readonly number[]>>;

export function fingersOf(judgement: JudgedEvidence): Fingers {
  const sent = judgement.lines.filter(
    (line): line is SegmentLine => line.type === "segment" && line.origin === "kernel",
  );
  return {
    number: numbered("number", initialNumbers(sent, judgement.lab).slice(0, KEPT)),
    instant: numbered(
      "instant",
      sent.slice(0, KEPT).map(({ at }) => at),
    ),
    gap: numbered("gap", gaps(sent).slice(0, KEPT)),
    payload: numbered("payload", payload(judgement)),
  };
}

const numbered = (kind: Kind, fingers: readonly string[]): readonly number[] =>
  [...new Set(fingers)].map((finger) => numberOf(kind, finger));

/** Of every first SYN, but where the lab chose the number. */
function initialNumbers(sent: readonly SegmentLine[], { scenes }: Pick<Lab, "scenes">): readonly string[] {
  const chosen = new Map(scenes.map((scene) => [scene.id, scene.mode === "stepped" ? scene.isn : undefined]));
  return sent
    .filter(({ flags, repeats }) => flags.includes("SYN") && repeats === undefined)
    .filter(({ scene, end, seq }) => chosen.get(scene)?.[end] !== seq)
    .map(({ scene, end, seq }) => `${scene} ${end} ${seq}`);
}

function gaps(sent: readonly SegmentLine[]): readonly string[] {
  return sent.slice(0, KEPT + 1).flatMap((line, index) => {
    const before = sent[index - 1];
    if (before === undefined || before.scene !== line.scene) return [];
    return [`${line.scene} ${index} ${nanosecondsBetween(before.at, line.at)}`];
  });
}

/** Without student and nonce everybody sends the same letters. */
function payload({ verdict, lines, capture }: JudgedEvidence): readonly string[] {
  const { student, nonce, lab } = verdict.run;
  if (student === undefined && nonce === undefined) return [];
  const digest = createHash("sha256");
  const payloads = payloadsOf(lines, capture);
  for (const octets of payloads.values()) digest.update(octets);
  return payloads.size === 0 ? [] : [`${lab} ${digest.digest("hex")}`];
}

/** Octets of a finger's number: among a class's 10^5 fingers two meet by chance in one class of 50 000. */
const WIDTH = 6;
const FINGERS = 2 ** (8 * WIDTH);

function numberOf(kind: Kind, finger: string): number {
  return createHash("sha1").update(`${kind} ${finger}`).digest().readUIntBE(0, WIDTH);
}
