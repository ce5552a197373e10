// What does not fit together in a bundle of evidence, in words and with the lines it is about.

export const CHECKS = [
  /** Ids and frame numbers count from 1 without a gap. */
  "numbering",
  /** Times do not run backwards, and a segment is not written down before it was sent. */
  "clock",
  /** The packets of capture.pcapng are the segments of timeline.jsonl. */
  "capture",
  /** What stands beside a raw line is what the line says. */
  "raw-line",
  /** The tape holds as many segments as the scene says. */
  "tape",
  /** What was decided on is a segment that was sent, and the one that the step names. */
  "fate",
  /** What a segment is said to repeat or alter is what it does repeat or alter. */
  "sequence",
  /** No end is in a state that the segments on the wire do not lead to. */
  "states",
  /** What an application says it read went over the wire. */
  "application",
  /** environment.json tells of the same machine and the same person. */
  "environment",
  /** verdict.json is about these files, and comes to the same verdicts. */
  "verdict",
] as const;
export type Check = (typeof CHECKS)[number];

export interface Complaint {
  readonly check: Check;
  readonly text: string;
}

export const complaint = (check: Check, text: string): Complaint => ({ check, text });
