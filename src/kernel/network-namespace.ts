// A network namespace of one scene's own, entered in process: clean ports, sysctls, counters and TIME_WAIT table.

import { closeSync, openSync } from "node:fs";
import { setns, succeed, unshare } from "./libc.ts";

const CLONE_NEWNET = 0x40000000; // linux/sched.h

/**
 * Puts the main thread into a fresh network namespace until disposed. Sockets keep the namespace they were opened in,
 * children inherit the thread's. Only synchronous reads of /proc see it: libuv's pool threads stay where they were.
 */
export function enterNetworkNamespace(): Disposable {
  const home = openSync("/proc/thread-self/ns/net", "r");
  try {
    succeed("unshare(CLONE_NEWNET)", unshare(CLONE_NEWNET));
  } catch (error) {
    closeSync(home);
    throw error;
  }
  return {
    [Symbol.dispose]() {
      succeed("setns() back to the first network namespace", setns(home, CLONE_NEWNET));
      closeSync(home);
    },
  };
}
