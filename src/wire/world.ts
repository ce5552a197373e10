// A world: the network namespace of one scene, with what hears, holds, sends and counts there. Whatever depends on the namespace is asked of the world, and nothing of where the thread is: several worlds stand side by side.

import { HOST, type NetworkNamespace, type Visitable } from "../kernel/network-namespace.ts";
import { type Counters, NamespaceCounters, type SegmentCounts } from "../kernel/tcp-counters.ts";
import { TcpSocket } from "../kernel/tcp-socket.ts";
import type { Family } from "../tcp/segment.ts";
import { holdSegments } from "./gate.ts";
import { Injector } from "./injector.ts";
import type { Tape } from "./tape.ts";

export interface World extends Visitable {
  /** The scene has the namespace to itself: what the kernel counts there is its own. */
  readonly isPrivate: boolean;
  /** Undefined where this machine has no wire to hear. */
  readonly tape: Tape | undefined;
  /** Another process may visit the world there (nsenter(1), --net=FILE); undefined for the host's own. */
  readonly path: string | undefined;
  openSocket(family: Family): TcpSocket;
  /** Behind a gate: what comes for it waits until the lab hands it on. */
  openHeldSocket(family: Family): TcpSocket;
  /** Hands an IP packet on, past the gates; the tape does not hear it. */
  send(packet: Uint8Array): void;
  counters(): Counters;
  segmentCounts(): SegmentCounts;
}

export class SceneWorld implements World, Disposable {
  readonly isPrivate: boolean;
  readonly tape: Tape | undefined;
  readonly path: string | undefined;
  private readonly namespace: Visitable & Partial<Disposable>;
  private readonly counted: NamespaceCounters;
  private readonly injectors = new Map<Family, Injector>();

  /** `namespace`: undefined for the host's own. It and `tape`, which must hear there, are disposed of with the world. */
  constructor(namespace: NetworkNamespace | undefined, tape: Tape | undefined) {
    this.isPrivate = namespace !== undefined;
    this.path = namespace?.path;
    this.namespace = namespace ?? HOST;
    this.tape = tape;
    this.counted = this.inside(() => new NamespaceCounters());
  }

  inside<T>(work: () => T): T {
    return this.namespace.inside(work);
  }

  openSocket(family: Family): TcpSocket {
    return this.inside(() => TcpSocket.open(family));
  }

  openHeldSocket(family: Family): TcpSocket {
    const socket = this.openSocket(family);
    try {
      holdSegments(socket.fd);
      return socket;
    } catch (error) {
      socket.close();
      throw error;
    }
  }

  send(packet: Uint8Array): void {
    this.injectorFor(familyOf(packet)).send(packet);
  }

  counters(): Counters {
    return this.counted.read();
  }

  segmentCounts(): SegmentCounts {
    return this.counted.readSegments();
  }

  [Symbol.dispose](): void {
    for (const injector of this.injectors.values()) injector[Symbol.dispose]();
    this.counted[Symbol.dispose]();
    this.tape?.[Symbol.dispose]();
    this.namespace[Symbol.dispose]?.();
  }

  private injectorFor(family: Family): Injector {
    const known = this.injectors.get(family);
    if (known !== undefined) return known;
    const injector = this.inside(() => new Injector(family));
    this.injectors.set(family, injector);
    return injector;
  }
}

/** The version stands in the first four bits of either header (RFC 791 §3.1, RFC 8200 §3). */
const familyOf = ([first = 0]: Uint8Array): Family => (first >> 4 === 6 ? "ipv6" : "ipv4");
