// The payload of a run as its student's own: every letter that an end writes is exchanged by an alphabet that student and nonce alone decide.

import { createHash } from "node:crypto";

/** Who a run was made by, and the word the instructor handed out on the day. */
/** A student id or a nonce: nothing that a report, a file name or a spreadsheet could take for more than a word. */
export const PERSON_NAME = /^[A-Za-z0-9._-]{1,64}$/;

export interface Person {
  readonly student?: string | undefined;
  readonly nonce?: string | undefined;
}

/** Letter by letter, so that lengths, reads in parts and urgent octets stay what they are. */
export interface Alphabet {
  /** What is sent in an octet's stead. */
  write(octets: Uint8Array): Uint8Array;
  /** What an octet that was received stands for. */
  read(octets: Uint8Array): Uint8Array;
}

const FIRST_LETTER = 0x61; // "a"
const LETTERS = 26;

/** Without student and nonce every letter stands for itself. */
export function alphabetOf(person: Person): Alphabet {
  const letters = person.student === undefined && person.nonce === undefined ? identity() : shuffled(person);
  const written = tableOf((letter) => letters[letter] ?? letter);
  const read = tableOf((letter) => letters.indexOf(letter));
  return { write: (octets) => exchange(octets, written), read: (octets) => exchange(octets, read) };
}

const identity = (): number[] => Array.from({ length: LETTERS }, (_, letter) => letter);

export const PLAIN_ALPHABET = alphabetOf({});

/** Fisher and Yates, drawn from SHA-256 of both words: 16 bits a draw, which favours no letter by more than 1 in 2500. */
function shuffled({ student = "", nonce = "" }: Person): readonly number[] {
  const letters = identity();
  const draws = new DataView(
    Uint8Array.from([0, 1].flatMap((block) => [...digest(JSON.stringify([student, nonce, block]))])).buffer,
  );
  for (let last = LETTERS - 1; last > 0; last--) {
    const other = draws.getUint16(2 * last) % (last + 1);
    [letters[last], letters[other]] = [letters[other] as number, letters[last] as number];
  }
  return letters;
}

const digest = (text: string): Uint8Array => createHash("sha256").update(text).digest();

function tableOf(of: (letter: number) => number): Uint8Array {
  const table = Uint8Array.from({ length: 256 }, (_, octet) => octet);
  for (let letter = 0; letter < LETTERS; letter++) table[FIRST_LETTER + letter] = FIRST_LETTER + of(letter);
  return table;
}

const exchange = (octets: Uint8Array, table: Uint8Array): Uint8Array =>
  Uint8Array.from(octets, (octet) => table[octet] ?? octet);
