// Small steps through octets, by index: what a parser does for each of millions of tokens, without making strings.

const SPACE = 32;
const TAB = 9;
const ZERO = 48;
const NINE = 57;

/** -1 beyond the last. */
export const octetAt = (octets: Uint8Array, at: number): number => octets[at] ?? -1;

const isBlank = (octet: number): boolean => octet === SPACE || octet === TAB;

/** Index of the first octet from `at` that is neither space nor tab; `end` if there is none. */
export function skipBlanks(octets: Uint8Array, at: number, end: number): number {
  let index = at;
  while (index < end && isBlank(octetAt(octets, index))) index++;
  return index;
}

/** Index of the first space or tab from `at`; `end` if there is none. */
export function tokenEnd(octets: Uint8Array, at: number, end: number): number {
  let index = at;
  while (index < end && !isBlank(octetAt(octets, index))) index++;
  return index;
}

/** Whether a token that goes on to `at` ends there. */
export const isTokenEnd = (octets: Uint8Array, at: number, end: number): boolean =>
  at === end || isBlank(octetAt(octets, at));

/** Index behind the last octet that is neither space nor tab. */
export function trimmedEnd(octets: Uint8Array, at: number, end: number): number {
  let index = end;
  while (index > at && isBlank(octetAt(octets, index - 1))) index--;
  return index;
}

/** The decimal number that the stretch is; -1 where it is none, or more than Number holds exactly. */
export function decimal(octets: Uint8Array, at: number, end: number): number {
  if (at >= end || end - at > 16) return -1;
  let value = 0;
  for (let index = at; index < end; index++) {
    const code = octetAt(octets, index);
    if (code < ZERO || code > NINE) return -1;
    value = value * 10 + (code - ZERO);
  }
  return value <= Number.MAX_SAFE_INTEGER ? value : -1;
}

/** Index of the first octet from `at` that is no decimal digit; `end` if there is none. */
export function digitsEnd(octets: Uint8Array, at: number, end: number): number {
  let index = at;
  while (index < end && isDigit(octetAt(octets, index))) index++;
  return index;
}

const isDigit = (code: number): boolean => code >= ZERO && code <= NINE;

/** -1 where the octet is not there. */
export function indexWithin(octets: Uint8Array, wanted: number, start: number, end: number): number {
  for (let index = start; index < end; index++) if (octets[index] === wanted) return index;
  return -1;
}

/** A word to be looked for with `isWord` or `beginsWith`. */
export const wordOf = (text: string): Uint8Array => Buffer.from(text, "latin1");

/** What is compared may go on beyond the stretch that the caller looks at, unless the octet behind that is none of the word's. */
export function beginsWith(octets: Uint8Array, word: Uint8Array, at: number): boolean {
  for (let index = 0; index < word.length; index++) if (octets[at + index] !== word[index]) return false;
  return true;
}

/** Whether the stretch is that word and no more. */
export const isWord = (octets: Uint8Array, word: Uint8Array, start: number, end: number): boolean =>
  end - start === word.length && beginsWith(octets, word, start);

export interface OctetText {
  readonly octets: Uint8Array;
  /** One character, U+0000 to U+00FF, for each of the octets. */
  readonly text: string;
}

/** Of a text that has one character per octet. */
export const octetText = (text: string): OctetText => ({ octets: Buffer.from(text, "latin1"), text });
