// Prints what a run must leave as it found it: every readable sysctl and every socket of the network namespace it is started in.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const SYSCTLS = "/proc/sys/net";
/** Not sockstat: its memory and orphans are those of every namespace together. */
const SOCKETS = ["tcp", "tcp6", "udp", "udp6", "raw", "raw6", "packet", "dev_mcast"];

for (const entry of readdirSync(SYSCTLS, { recursive: true, withFileTypes: true }))
  if (entry.isFile()) print(join(entry.parentPath ?? entry.path, entry.name));
for (const name of SOCKETS) print(`/proc/net/${name}`);

/** Some sysctls can only be written, and some are only root's to read. */
function print(path) {
  try {
    console.log(`${path}: ${readFileSync(path, "latin1").trim()}`);
  } catch {}
}
