// How long a JSON file's lines are and how deep its values nest, counted octet by octet before any parser sees it.

import { BundleError } from "./bundle.ts";

/** A line of a timeline nests four deep, verdict.json five. */
const DEPTH_LIMIT = 24;
/** Octets; the longest line of a run has some ten thousand. */
const LINE_LIMIT = 1 << 20;
const LINES_LIMIT = 500_000;

const [QUOTE, BACKSLASH, LINE_FEED] = [0x22, 0x5c, 0x0a];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/** `name`: of the file, for the message of the BundleError. */
export function refuseShape(name: string, octets: Uint8Array): void {
  let [line, begin, depth, inText] = [1, 0, 0, false];
  for (let at = 0; at < octets.length; at++) {
    const octet = octets[at];
    if (octet === LINE_FEED) {
      refuseLine(name, line, at - begin);
      line++;
      begin = at + 1;
      if (name.endsWith(".jsonl")) depth = 0;
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
  refuseLine(name, line, octets.length - begin);
}

function refuseLine(name: string, line: number, octets: number): void {
  if (octets > LINE_LIMIT)
    throw new BundleError(`${name}, line ${line}: ${octets} octets, at most ${LINE_LIMIT} are read`);
  if (line > LINES_LIMIT) throw new BundleError(`${name}: more than ${LINES_LIMIT} lines`);
}
