// Keeps something for each direction of each connection. By three keys in turn: to make one text of both endpoints would cost more than all that is done with it.

import type { Endpoint } from "../tcp/segment.ts";

export class ByPath<V> {
  private readonly kept = new Map<string, Map<string, Map<number, V>>>();

  get(from: Endpoint, to: Endpoint): V | undefined {
    return this.kept.get(from.address)?.get(to.address)?.get(portsOf(from, to));
  }

  set(from: Endpoint, to: Endpoint, value: V): void {
    const ofSender = this.kept.get(from.address) ?? new Map<string, Map<number, V>>();
    this.kept.set(from.address, ofSender);
    const ofBoth = ofSender.get(to.address) ?? new Map<number, V>();
    ofSender.set(to.address, ofBoth);
    ofBoth.set(portsOf(from, to), value);
  }

  /** What is kept, made by `make` where nothing is yet. */
  getOrMake(from: Endpoint, to: Endpoint, make: () => V): V {
    const kept = this.get(from, to);
    if (kept !== undefined) return kept;
    const made = make();
    this.set(from, to, made);
    return made;
  }

  delete(from: Endpoint, to: Endpoint): void {
    this.kept.get(from.address)?.get(to.address)?.delete(portsOf(from, to));
  }
}

const portsOf = (from: Endpoint, to: Endpoint): number => from.port * 0x10000 + to.port;
