// Tells by the first lines of a saved listing which tool printed it.

import { FORMAT_NAMES, FORMATS, type FormatName } from "./formats.ts";

/** The format, or why the text is none that is read here. */
export type Sniffed = { readonly format: FormatName } | { readonly problem: string };

const SS_USAGE = /^Usage: ss /;
const LONGEST_SHOWN = 60;

/** `head`: the first of the text, one character per octet; the last of its lines may be cut off. */
export function sniff(head: string): Sniffed {
  if (head.trim() === "") return { problem: "it is empty" };
  if (head.includes("\0")) return { problem: "it is binary, no text" };
  const lines = head.split(/\r?\n/).filter((line) => line.trim() !== "");
  for (const line of lines) {
    // ss's rows without states look like those of netstat: the last format that has the line is meant.
    const format = FORMAT_NAMES.findLast((name) => FORMATS[name].has(line));
    if (format !== undefined) return { format };
    if (SS_USAGE.test(line))
      return { problem: "it is ss's usage text: that version does not know one of the options. Try ss -tan" };
  }
  const [first = ""] = lines;
  const shown = first.length > LONGEST_SHOWN ? `${first.slice(0, LONGEST_SHOWN)}...` : first;
  return { problem: `it begins with "${shown}", and no line of it is one of a listing of sockets` };
}
