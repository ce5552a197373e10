// timeline.jsonl as text: one line of JSON for each line of the timeline.

import type { TimelineLine } from "./timeline.ts";

export const writeTimeline = (lines: readonly TimelineLine[]): string =>
  lines.map((line) => `${JSON.stringify(line)}\n`).join("");
