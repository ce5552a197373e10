// Reads timeline.jsonl; what is read comes from strangers and is checked line by line.

import type { TimelineLine } from "./timeline.ts";
import { timelineLine } from "./timeline-schema.ts";

/** The evidence in a folder is missing, damaged, or not of this project. */
export class EvidenceError extends Error {
  constructor(message: string) {
    super(`evidence: ${message}`);
    this.name = "EvidenceError";
  }
}

/** Far above any line that a lab writes; a longer one is not looked at. */
const LINE_LIMIT = 1 << 20;

export function readTimeline(text: string): readonly TimelineLine[] {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines.map((line, index) => readLine(line, index + 1));
}

function readLine(text: string, number: number): TimelineLine {
  if (text.length > LINE_LIMIT)
    throw new EvidenceError(
      `timeline.jsonl, line ${number}: ${text.length} characters, at most ${LINE_LIMIT} are read`,
    );
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new EvidenceError(`timeline.jsonl, line ${number}: not JSON: ${text.slice(0, 60)}`);
  }
  const parsed = timelineLine.safeParse(value);
  if (parsed.success) return parsed.data as TimelineLine;
  const [issue] = parsed.error.issues;
  const place = issue === undefined || issue.path.length === 0 ? "" : ` at ${issue.path.join(".")}`;
  throw new EvidenceError(`timeline.jsonl, line ${number}${place}: ${issue?.message ?? "not a line of a timeline"}`);
}
