// Small steps through a text, by index: what a parser does for each of millions of tokens, without making strings.

const SPACE = 32;
const TAB = 9;
const ZERO = 48;
const NINE = 57;

/** Index of the first character from `at` that is neither space nor tab; `end` if there is none. */
export function skipBlanks(text: string, at: number, end: number): number {
  let index = at;
  while (index < end) {
    const code = text.charCodeAt(index);
    if (code !== SPACE && code !== TAB) break;
    index++;
  }
  return index;
}

/** Index of the first space or tab from `at`; `end` if there is none. */
export function tokenEnd(text: string, at: number, end: number): number {
  let index = at;
  while (index < end) {
    const code = text.charCodeAt(index);
    if (code === SPACE || code === TAB) break;
    index++;
  }
  return index;
}

/** Index behind the last character that is neither space nor tab. */
export function trimmedEnd(text: string, at: number, end: number): number {
  let index = end;
  while (index > at) {
    const code = text.charCodeAt(index - 1);
    if (code !== SPACE && code !== TAB) break;
    index--;
  }
  return index;
}

/** The decimal number that the stretch is; -1 where it is none, or more than Number holds exactly. */
export function decimal(text: string, at: number, end: number): number {
  if (at >= end || end - at > 16) return -1;
  let value = 0;
  for (let index = at; index < end; index++) {
    const code = text.charCodeAt(index);
    if (code < ZERO || code > NINE) return -1;
    value = value * 10 + (code - ZERO);
  }
  return value <= Number.MAX_SAFE_INTEGER ? value : -1;
}

/** Index of the first character from `at` that is no decimal digit; `end` if there is none. */
export function digitsEnd(text: string, at: number, end: number): number {
  let index = at;
  while (index < end && isDigit(text.charCodeAt(index))) index++;
  return index;
}

const isDigit = (code: number): boolean => code >= ZERO && code <= NINE;
