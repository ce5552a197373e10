// What a rule about every segment of a scene comes to, and the words its breach is told in.

import type { SegmentLine } from "../../evidence/timeline.ts";
import { formatFlags } from "../../tcp/flags.ts";

/** Its breach in words (none: it holds), on which segments it was tried, and what to tell besides. */
export interface Finding {
  readonly breach?: { readonly line: SegmentLine; readonly text: string };
  readonly tried: readonly SegmentLine[];
  readonly because?: readonly string[];
}

export type Rule = (lines: readonly SegmentLine[]) => Finding;

export const describe = (line: SegmentLine): string =>
  `the ${line.end}'s ${formatFlags(line.flags)} (frame ${line.frame})`;
