// Hands entries on in the order of their lines, though of some rows the family is known only further down.

import type { Family } from "../../tcp/segment.ts";
import type { AcceptEntry, ListingEntry } from "../listing-entry.ts";

/** So many entries wait at most; then they are settled without, and memory stays bounded. */
const MOST_WAITING = 4096;

/** What the entry is, once it is known what "*" stands for; null where that cannot be told. */
type Settle = (family: Family | null) => ListingEntry;

export class InOrder {
  readonly #accept: AcceptEntry;
  #waiting: Settle[] = [];

  constructor(accept: AcceptEntry) {
    this.#accept = accept;
  }

  get isWaiting(): boolean {
    return this.#waiting.length > 0;
  }

  put(entry: ListingEntry): void {
    if (this.#waiting.length === 0) this.#accept(entry);
    else this.putWaiting(() => entry);
  }

  putWaiting(settle: Settle): void {
    this.#waiting.push(settle);
    if (this.#waiting.length > MOST_WAITING) this.settle(null);
  }

  settle(family: Family | null): void {
    if (this.#waiting.length === 0) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const settle of waiting) this.#accept(settle(family));
  }
}
