// A run as it is held against another: judged anew, with the numbers of its segments counted from where their streams began.

import type { Claim } from "../claims/claim.ts";
import { numberRelatively, type RelativeNumbers } from "../evidence/relative-numbers.ts";
import type { SegmentLine, TimelineLine } from "../evidence/timeline.ts";
import type { VerdictDocument } from "../verdict/document-schema.ts";

interface JudgedRun {
  readonly claims: readonly Claim[];
  readonly verdict: VerdictDocument;
  readonly lines: readonly TimelineLine[];
  /** Of the namespace before any scene wrote its own; undefined where environment.json was not there. */
  readonly sysctls: Readonly<Record<string, string>> | undefined;
}

export interface ComparedRun extends JudgedRun {
  /** Of every segment, by its line's id. */
  readonly numbers: ReadonlyMap<string, RelativeNumbers>;
}

export const comparedRun = (run: JudgedRun): ComparedRun => ({
  ...run,
  numbers: numberRelatively(run.lines.filter((line): line is SegmentLine => line.type === "segment")),
});
