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

/** Characters; far above any line that a lab writes. A longer one is not looked at. */
const LINE_LIMIT = 1 << 20;
/** Characters; a lab's timeline has a few millions. */
const FILE_LIMIT = 1 << 28;
/** Characters of a wrong line that its message quotes. */
const QUOTED = 60;

const wrong = (number: number, what: string) => new EvidenceError(`timeline.jsonl: reading line ${number}: ${what}`);

/** Throws an EvidenceError that names the line and what is wrong with it. */
export function readTimeline(text: string): readonly TimelineLine[] {
  if (text.length > FILE_LIMIT)
    throw new EvidenceError(`timeline.jsonl: reading it: ${text.length} characters, at most ${FILE_LIMIT} are read`);
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  const firstWithId = new Map<string, number>();
  return lines.map((line, index) => {
    const number = index + 1;
    const read = readLine(line, number);
    const earlier = firstWithId.get(read.id);
    if (earlier !== undefined) throw wrong(number, `its id ${read.id} is that of line ${earlier}`);
    firstWithId.set(read.id, number);
    return read;
  });
}

function readLine(text: string, number: number): TimelineLine {
  if (text.length > LINE_LIMIT) throw wrong(number, `${text.length} characters, at most ${LINE_LIMIT} are read`);
  const json = parseJson(text, number);
  const { error } = timelineLine.safeParse(json);
  if (error === undefined) return json as TimelineLine;
  const [issue] = error.issues;
  const place = issue === undefined || issue.path.length === 0 ? "" : `${issue.path.join(".")}: `;
  throw wrong(number, `${place}${issue?.message ?? "not a line of a timeline"}`);
}

function parseJson(text: string, number: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw wrong(number, `not JSON: ${JSON.stringify(text.slice(0, QUOTED))}`);
  }
}
