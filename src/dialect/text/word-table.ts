// Finds which of a few words stands somewhere in octets, without cutting it out and hashing it, as a Map would need: each row has two or three such words.

import { isWord, octetAt, wordOf } from "./scan.ts";

const BUCKETS = 64;

interface Entry<Value> {
  readonly word: Uint8Array;
  readonly value: Value;
}

export class WordTable<Value> {
  readonly #buckets: readonly Entry<Value>[][] = Array.from({ length: BUCKETS }, () => []);

  constructor(words: Iterable<readonly [string, Value]>) {
    for (const [word, value] of words) {
      const last = word.length - 1;
      this.#buckets[bucket(word.length, word.charCodeAt(0), word.charCodeAt(last))]?.push({
        word: wordOf(word),
        value,
      });
    }
  }

  find(octets: Uint8Array, start: number, end: number): Value | undefined {
    const entries = this.#buckets[bucket(end - start, octetAt(octets, start), octetAt(octets, end - 1))] ?? [];
    for (let index = 0; index < entries.length; index++) {
      const entry = entries[index];
      if (entry !== undefined && isWord(octets, entry.word, start, end)) return entry.value;
    }
    return undefined;
  }
}

/** By what tells all states of ss apart, and all its timers; words that share a bucket are only slower to find. */
const bucket = (length: number, first: number, last: number): number =>
  (11 * length + 6 * first + last) & (BUCKETS - 1);
