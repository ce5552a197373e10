// Which runs of a class share evidence that chance does not give twice: initial sequence numbers, times, payloads.

import { createHash } from "node:crypto";
import type { SegmentLine } from "../evidence/timeline.ts";
import type { Lab } from "../lab.ts";
import { payloadsOf } from "./application-agrees.ts";
import type { JudgedEvidence, Judgement } from "./judgement.ts";

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

export interface SharedEvidence {
  readonly one: string;
  readonly other: string;
  /** How many of each kind both have. */
  readonly shared: Readonly<Partial<Record<Kind, number>>>;
}

export class Fingerprints {
  private readonly runs: { readonly name: string; readonly person: string }[] = [];
  private readonly holders = new Map<number, number[]>();
  private readonly pairs = new Map<string, Partial<Record<Kind, number>>>();

  /** Keeps numbers alone, nothing of the evidence itself. */
  add({ name, verdict }: Judgement, fingers: Fingers): void {
    const { student, nonce } = verdict.run;
    const index = this.runs.push({ name, person: JSON.stringify([student, nonce]) }) - 1;
    for (const kind of KINDS) for (const finger of new Set(fingers[kind])) this.hold(kind, keyOf(kind, finger), index);
  }

  /** Those that share most first. */
  sharing(): readonly SharedEvidence[] {
    const total = ({ shared }: SharedEvidence) => Object.values(shared).reduce((sum, count) => sum + count, 0);
    return [...this.pairs]
      .map(([pair, shared]) => {
        const [one = 0, other = 0] = pair.split(" ").map(Number);
        return { one: this.runs[one]?.name ?? "", other: this.runs[other]?.name ?? "", shared };
      })
      .filter(({ shared }) => KINDS.some((kind) => (shared[kind] ?? 0) >= TELLING[kind]))
      .sort((a, b) => total(b) - total(a));
  }

  private hold(kind: Kind, key: number, index: number): void {
    const holders = this.holders.get(key);
    if (holders === undefined) {
      this.holders.set(key, [index]);
      return;
    }
    for (const holder of holders) {
      // Their own payload is the same in every run of one person.
      if (kind === "payload" && this.runs[holder]?.person === this.runs[index]?.person) continue;
      const shared = this.pairs.get(`${holder} ${index}`) ?? {};
      this.pairs.set(`${holder} ${index}`, { ...shared, [kind]: (shared[kind] ?? 0) + 1 });
    }
    if (holders.length < HOLDERS) holders.push(index);
  }
}

/** What of one run is compared, of each kind. */
export type Fingers = Readonly<Record<Kind, readonly string[]>>;

export function fingersOf(judgement: JudgedEvidence): Fingers {
  const sent = judgement.lines.filter(
    (line): line is SegmentLine => line.type === "segment" && line.origin === "kernel",
  );
  return {
    number: initialNumbers(sent, judgement.lab).slice(0, KEPT),
    instant: sent.slice(0, KEPT).map(({ at }) => at),
    gap: gaps(sent).slice(0, KEPT),
    payload: payload(judgement),
  };
}

/** Of every first SYN, but where the lab chose the number. */
function initialNumbers(sent: readonly SegmentLine[], { scenes }: Pick<Lab, "scenes">): readonly string[] {
  const chosen = new Map(scenes.map((scene) => [scene.id, scene.mode === "stepped" ? scene.isn : undefined]));
  return sent
    .filter(({ flags, repeats }) => flags.includes("SYN") && repeats === undefined)
    .filter(({ scene, end, seq }) => chosen.get(scene)?.[end] !== seq)
    .map(({ scene, end, seq }) => `${scene} ${end} ${seq}`);
}

function gaps(sent: readonly SegmentLine[]): readonly string[] {
  const nanoseconds = (at: string) => BigInt(at.replace(".", ""));
  return sent.slice(0, KEPT + 1).flatMap((line, index) => {
    const before = sent[index - 1];
    if (before === undefined || before.scene !== line.scene) return [];
    return [`${line.scene} ${index} ${nanoseconds(line.at) - nanoseconds(before.at)}`];
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

/** 48 bits: among a class's 10^5 fingers two meet by chance in one class of 50 000. */
function keyOf(kind: Kind, finger: string): number {
  return createHash("sha1").update(`${kind} ${finger}`).digest().readUIntBE(0, 6);
}
