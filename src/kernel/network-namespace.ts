// Network namespaces of our own: clean ports, sysctls, counters and TIME_WAIT tables. Each is made, kept, and visited for one synchronous call at a time.

import { closeSync, openSync } from "node:fs";
import { setns, succeed, unshare } from "./libc.ts";
import { readSysctl, trySysctl, writeSysctl } from "./sysctl.ts";

const CLONE_NEWNET = 0x40000000; // linux/sched.h

/**
 * Where work can be done: a namespace, or where the main thread is. Sockets keep the namespace they were opened in, and
 * children inherit the thread's. Of /proc only synchronous reads see it: libuv's pool threads stay where they were.
 */
export interface Visitable {
  /** Enters, does synchronous work, and leaves: what `work` awaits is done elsewhere. */
  inside<T>(work: () => T): T;
}

/** Where the main thread is outside every visit: the namespace that the process was started in. */
export const HOST: Visitable = { inside: (work) => work() };

/** A descriptor of the namespace that the main thread is in, opened when it is about to be left for the first time. */
let here: number | undefined;

const openOwn = (): number => openSync("/proc/thread-self/ns/net", "r");

export class NetworkNamespace implements Visitable, Disposable {
  private readonly descriptor: number;

  private constructor(descriptor: number) {
    this.descriptor = descriptor;
  }

  /**
   * A fresh namespace, made from the one that the thread is in; `setUp` is done inside. Throws, and the thread stays where
   * it is, where there would be no way back: EPERM if the namespace it is in belongs to a user namespace above its own
   * (setns(2)).
   */
  static make(setUp: () => void = () => {}): NetworkNamespace {
    here ??= openOwn();
    const before = here;
    succeed("setns() to the network namespace it is in", setns(before, CLONE_NEWNET));
    succeed("unshare(CLONE_NEWNET)", unshare(CLONE_NEWNET));
    try {
      here = openOwn();
      setUp();
      return new NetworkNamespace(here);
    } catch (error) {
      if (here !== before) closeSync(here);
      throw error;
    } finally {
      comeBack(before);
    }
  }

  /** Where other processes find it, as long as it is kept. */
  get path(): string {
    return `/proc/${process.pid}/fd/${this.descriptor}`;
  }

  inside<T>(work: () => T): T {
    using _visit = this.enter();
    return work();
  }

  /**
   * Puts the main thread into it until disposed, last in, first out. For a program that has the thread to itself: what is
   * awaited meanwhile is in there, too.
   */
  enter(): Disposable {
    here ??= openOwn();
    const before = here;
    succeed("setns() to a network namespace of ours", setns(this.descriptor, CLONE_NEWNET));
    here = this.descriptor;
    return { [Symbol.dispose]: () => comeBack(before) };
  }

  [Symbol.dispose](): void {
    closeSync(this.descriptor);
  }
}

function comeBack(before: number): void {
  succeed("setns() back to the network namespace before", setns(before, CLONE_NEWNET));
  here = before;
}

/** Since Linux 6.1: buckets of the connection table that namespaces made from this one get for themselves (ip-sysctl). */
const CHILD_TABLE = "net.ipv4.tcp_child_ehash_entries";

/**
 * A namespace in between, from which the scenes' are made, each with a connection table of its own of `buckets`. To list
 * sockets the kernel walks every bucket, and the host's table has hundreds of thousands: 6 ms a look instead of 0.1 ms.
 * The host's own sysctl is left alone. Where it cannot be written (a read-only /proc/sys) looking is only slower.
 */
export const makeParentNamespace = (buckets: number): NetworkNamespace =>
  NetworkNamespace.make(() => trySysctl(CHILD_TABLE, String(buckets)));

/**
 * Does synchronous work while namespaces that are made from the thread's get so many buckets. 0, or a sysctl that is not
 * there or not ours to write: the host's table serves all.
 */
export function withChildTables<T>(buckets: number, work: () => T): T {
  const before = readSysctl(CHILD_TABLE);
  const written = before !== undefined && trySysctl(CHILD_TABLE, String(buckets));
  try {
    return work();
  } finally {
    if (written) writeSysctl(CHILD_TABLE, before);
  }
}
