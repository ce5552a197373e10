// How long a JSON file's lines are and how deep its values nest, counted in its octets before any parser sees it.

import { BundleError } from "./bundle.ts";

/** A line of a timeline nests four deep, verdict.json five. */
const DEPTH_LIMIT = 24;
/** Octets; the longest line of a run has some ten thousand. */
const LINE_LIMIT = 1 << 20;
const LINES_LIMIT = 500_000;

const [QUOTE, BACKSLASH, LINE_FEED] = [0x22, 0x5c, 0x0a];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/** `name`: of the file, for the message of the BundleError. Each line of a .jsonl is a value of its own. */
export function refuseShape(name: string, octets: Buffer): void {
  const opening = new Opening(octets);
  const isLines = name.endsWith(".jsonl");
  let [line, begin] = [1, 0];
  for (;;) {
    const found = octets.indexOf(LINE_FEED, begin);
    const end = found < 0 ? octets.length : found;
    refuseLine(name, line, end - begin);
    // A line with few opening brackets cannot nest deep, wherever they stand.
    if (isLines && opening.countBefore(end) > DEPTH_LIMIT) refuseDepth(name, octets.subarray(begin, end), line);
    if (found < 0) break;
    line++;
    begin = end + 1;
  }
  if (!isLines) refuseDepth(name, octets, 1);
}

/** Opening brackets, in texts or not, found by the octet: faster by far than looking at every one. */
class Opening {
  private readonly octets: Buffer;
  private list: number;
  private object: number;

  constructor(octets: Buffer) {
    this.octets = octets;
    this.list = this.next(OPEN_LIST, 0);
    this.object = this.next(OPEN_OBJECT, 0);
  }

  /** How many stand between where the last call ended and `end`. */
  countBefore(end: number): number {
    let count = 0;
    for (; this.list < end; count++) this.list = this.next(OPEN_LIST, this.list + 1);
    for (; this.object < end; count++) this.object = this.next(OPEN_OBJECT, this.object + 1);
    return count;
  }

  private next(octet: number, from: number): number {
    const found = this.octets.indexOf(octet, from);
    return found < 0 ? Infinity : found;
  }
}

function refuseDepth(name: string, octets: Uint8Array, first: number): void {
  let [line, depth, inText] = [first, 0, false];
  for (let at = 0; at < octets.length; at++) {
    const octet = octets[at];
    if (octet === LINE_FEED) {
      line++;
      inText = false;
    } else if (inText) {
      if (octet === BACKSLASH) at++;
      else if (octet === QUOTE) inText = false;
    } else if (octet === QUOTE) inText = true;
    else if (octet === OPEN_LIST || octet === OPEN_OBJECT) {
      if (++depth > DEPTH_LIMIT)
        throw new BundleError(`${name}, line ${line}: its values nest more than ${DEPTH_LIMIT} deep`);
    } else if (octet === CLOSE_LIST || octet === CLOSE_OBJECT) depth--;
  }
}

function refuseLine(name: string, line: number, octets: number): void {
  if (octets > LINE_LIMIT)
    throw new BundleError(`${name}, line ${line}: ${octets} octets, at most ${LINE_LIMIT} are read`);
  if (line > LINES_LIMIT) throw new BundleError(`${name}: more than ${LINES_LIMIT} lines`);
}
