// Text in a terminal's columns, of which a wide character takes two and a combining mark none.

import stringWidth from "string-width";

/** Of these each takes one column, and most text has no others: a listing has hundreds of thousands of lines. */
const PLAIN = /^[ -~]*$/;

export const columnsOf = (text: string): number => (PLAIN.test(text) ? text.length : stringWidth(text));

/** Filled up with spaces; a longer text stays as it is. */
export const padded = (text: string, columns: number): string =>
  text + " ".repeat(Math.max(0, columns - columnsOf(text)));

/**
 * Breaks text at spaces into lines of at most `width` columns; a longer word stands alone on its line. The first line
 * begins with `indent`, the others with `hanging`.
 */
export function wrap(text: string, width: number, indent = "", hanging = indent): string {
  const lines: string[] = [];
  let line = indent;
  let empty = true;
  for (const word of text.split(" ")) {
    if (!empty && columnsOf(line) + 1 + columnsOf(word) > width) {
      lines.push(line);
      line = hanging;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line].join("\n");
}
