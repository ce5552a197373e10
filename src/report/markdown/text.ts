// Markdown (GFM) made of text that came from outside: escaped, so that it is shown and never obeyed.

import { printable } from "../view/printable.ts";

/** What begins emphasis, code, a link, an image, HTML, an entity, a strikethrough, a formula or a table cell. */
const SPECIAL = /[\\`*[\]<>|&~$!]/g;
/** Between letters, as in SYN_RCVD, an underscore emphasises nothing (CommonMark §6.2). */
const EMPHASISING_UNDERSCORE = /(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g;
/** What makes a heading, a list or a rule at the beginning of a line. */
const BLOCK_START = /^[#+=-]|(?<=^\d{1,9})[.)]/g;
/** What GitHub would turn into a link by itself. */
const AUTOMATIC_LINK = /(?<=\b(?:https?|ftp)):|(?<=\bwww)\./gi;

/** Running text: one line. */
export const escaped = (text: string): string =>
  printable(text)
    .replace(SPECIAL, "\\$&")
    .replace(EMPHASISING_UNDERSCORE, "\\_")
    .replace(BLOCK_START, "\\$&")
    .replace(AUTOMATIC_LINK, "\\$&");

/** Verbatim, in running text or a table cell. */
export function code(text: string): string {
  const line = printable(text);
  if (line === "") return "";
  // Backquotes cannot hold these: a bar ends a cell even there, and a backslash before it cannot be kept.
  if (/[`|\\]/.test(line)) return `<code>${asEntities(line)}</code>`;
  return `\`${line}\``;
}

const asEntities = (text: string): string =>
  text.replace(/[^A-Za-z0-9 .,:;=()/"'%+-]/gu, (one) => `&#${one.codePointAt(0)};`);

/** The cells are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const format = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [format(head), format(head.map(() => "---")), ...rows.map(format)].join("\n");
}

/** Folded away until the reader asks for it. */
export const details = (summary: string, body: string): string =>
  `<details><summary>${escaped(summary)}</summary>\n\n${body}\n\n</details>`;

export interface Shortened<T> {
  readonly first: readonly T[];
  readonly last: readonly T[];
  /** "" where nothing was left out. */
  readonly said: string;
}

/** The beginning and the end of a long list, and a sentence that says what was left out. */
export function shortened<T>(list: readonly T[], limit: number, what: string): Shortened<T> {
  if (list.length <= limit) return { first: list, last: [], said: "" };
  const tail = Math.floor(limit / 4);
  const head = limit - tail;
  return {
    first: list.slice(0, head),
    last: list.slice(-tail),
    said: `Of ${list.length} ${what} the first ${head} and the last ${tail} are shown; all are in timeline.jsonl and capture.pcapng.`,
  };
}
