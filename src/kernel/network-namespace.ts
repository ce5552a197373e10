// A network namespace of one scene's own, entered in process: clean ports, sysctls, counters and TIME_WAIT table.

import { closeSync, openSync } from "node:fs";
import { setns, succeed, unshare } from "./libc.ts";
import { readSysctl, trySysctl, writeSysctl } from "./sysctl.ts";

const CLONE_NEWNET = 0x40000000; // linux/sched.h

/**
 * Puts the main thread into a fresh network namespace until disposed. Sockets keep the namespace they were opened in,
 * children inherit the thread's. Only synchronous reads of /proc see it: libuv's pool threads stay where they were.
 * Throws, and the thread stays where it is, where there would be no way back: EPERM if the namespace it is in belongs to
 * a user namespace above its own (setns(2)).
 */
export function enterNetworkNamespace(): Disposable {
  const home = openSync("/proc/thread-self/ns/net", "r");
  try {
    succeed("setns() to the network namespace it is in", setns(home, CLONE_NEWNET));
    succeed("unshare(CLONE_NEWNET)", unshare(CLONE_NEWNET));
  } catch (error) {
    closeSync(home);
    throw error;
  }
  return backTo(home);
}

const backTo = (home: number): Disposable => ({
  [Symbol.dispose]() {
    succeed("setns() back to the network namespace before", setns(home, CLONE_NEWNET));
    closeSync(home);
  },
});

/** Since Linux 6.1: buckets of the connection table that namespaces made from this one get for themselves (ip-sysctl). */
const CHILD_TABLE = "net.ipv4.tcp_child_ehash_entries";

/**
 * A namespace in between, from which the scenes' are made, each with a connection table of its own of `buckets`. To list
 * sockets the kernel walks every bucket, and the host's table has hundreds of thousands: 6 ms a look instead of 0.1 ms.
 * The host's own sysctl is left alone. Where it cannot be written (a read-only /proc/sys) looking is only slower.
 */
export function enterParentNamespace(buckets: number): Disposable {
  const parent = enterNetworkNamespace();
  trySysctl(CHILD_TABLE, String(buckets));
  return parent;
}

/**
 * Writes how many buckets the namespaces made from this one get, until disposed. 0, or a sysctl that is not there or not
 * ours to write: the host's table serves all.
 */
export function sizeChildTables(buckets: number): Disposable {
  const before = readSysctl(CHILD_TABLE);
  const written = before !== undefined && trySysctl(CHILD_TABLE, String(buckets));
  return {
    [Symbol.dispose]() {
      if (written) writeSysctl(CHILD_TABLE, before);
    },
  };
}

/** The namespace that the main thread is in, kept for visits after it has gone elsewhere. */
export class KeptNamespace implements Disposable {
  private readonly descriptor = openSync("/proc/thread-self/ns/net", "r");

  /** Puts the main thread into it until disposed. */
  enter(): Disposable {
    const home = openSync("/proc/thread-self/ns/net", "r");
    try {
      succeed("setns() to a kept network namespace", setns(this.descriptor, CLONE_NEWNET));
    } catch (error) {
      closeSync(home);
      throw error;
    }
    return backTo(home);
  }

  /** Does synchronous work within it; a child that is spawned meanwhile stays there. */
  inside<T>(work: () => T): T {
    using _visit = this.enter();
    return work();
  }

  [Symbol.dispose](): void {
    closeSync(this.descriptor);
  }
}
