// Whether two runs of equal settings could have seen these two things of one claim: what is measured is held against a tolerance, what no run has twice is left out.

import type { Claim } from "../claims/claim.ts";
import { type Chance, type Question, questionRow } from "../claims/question.ts";
import { recordedIn } from "../evidence/notes.ts";
import type { Note } from "../evidence/timeline.ts";
import type { JudgedClaim } from "../verdict/document-schema.ts";
import type { ComparedRun } from "./compared-run.ts";

/** Of one claim in one run. */
export interface Seen {
  readonly judged: JudgedClaim;
  readonly run: ComparedRun;
}

/** A verdict that differs is never the same, however near the values. */
export function sameAnswer({ ask }: Pick<Claim, "ask">, a: Seen, b: Seen): boolean {
  if (a.judged.verdict !== b.judged.verdict) return false;
  const [own, other] = [a.judged.seen, b.judged.seen];
  if (own?.kind !== other?.kind) return false;
  if (own === undefined || other === undefined || own.value === other.value) return true;
  if (typeof own.value === "number" && typeof other.value === "number" && isMeasured(ask, own.kind))
    return Math.abs(own.value - other.value) <= toleranceOf(ask, a, b);
  return formatSeen(ask, a) === formatSeen(ask, b);
}

const isMeasured = (ask: Question, kind: string): boolean => kind === "duration-ms" || "within" in ask;

/**
 * In the unit of what was seen. Each of the two may be off by the claim's own tolerance, to either side. That of a population
 * is the interval between the instants at which its entries can end.
 */
function toleranceOf(ask: Question, a: Seen, b: Seen): number {
  if ("within" in ask) return 2 * ask.within;
  const intervals = [a, b].map(({ judged, run }) => {
    const notes = run.lines.filter((line): line is Note => line.type === "note" && line.scene === judged.scene);
    return recordedIn(notes, "population")?.granularity ?? 0;
  });
  return Math.max(...intervals);
}

const formatSeen = (ask: Question, seen: Seen): string =>
  WITHOUT[questionRow(ask).chance(ask)](String(seen.judged.seen?.value), seen, ask);

const WITHOUT: Readonly<Record<Chance, (value: string, seen: Seen, ask: Question) => string>> = {
  none: (value) => value,
  // Numbers as they stand on the wire are random: they are spelled by those of the stream.
  operands: (value, seen, ask) => (ask.what === "number" ? formatNumber(ask, seen) : value),
  numbers: (_, seen) => formatSegment(seen),
  frames: withoutFrames,
  // Which frame it was, and what the numbers of this run are.
  "frames-and-numbers": (value) => withoutFrames(value).replace(/\b(D =|acknowledges) [\d.]+/g, "$1"),
  // So many of a population; that it is not none is what is claimed.
  "how-many": (value) => (value === "0" ? value : "some"),
  digits: (value) => value.replace(/\d+/g, "n"),
};

function withoutFrames(value: string): string {
  return value.replace(/ \(frame \d+\)/g, "");
}

/** Where one of two numbers is an initial number of the kernel's choice, so is their difference: each is spelled alone. */
function formatNumber({ of, minus }: Question<"number">, { judged, run }: Seen): string {
  const formatted = [of, ...(minus === undefined ? [] : [minus])].map(({ field }, index) => {
    const numbers = run.numbers.get(judged.evidence[index] ?? judged.evidence[0] ?? "");
    return field === "seq" || field === "ack" ? numbers?.[field] : undefined;
  });
  return formatted.includes(undefined) ? String(judged.seen?.value) : formatted.join(" and ");
}

function formatSegment({ judged, run }: Seen): string {
  const numbers = run.numbers.get(judged.evidence[0] ?? "");
  const value = String(judged.seen?.value);
  return value.replace(/\b(seq|ack)=-?\d+/g, (as, name: "seq" | "ack") =>
    numbers === undefined ? as : `${name}=${numbers[name]}`,
  );
}
