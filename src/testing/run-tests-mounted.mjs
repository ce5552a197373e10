// Runs the tests that what is mounted decides about the other way than `npm test` does on this machine: with tracefs, debugfs and cgroup2 as systemd mounts them, or without.

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const RUN_TESTS = fileURLToPath(new URL("run-tests.mjs", import.meta.url));
/** Whoever may read tracefs may trace: which users that is, and what they are shown. */
const DEPENDING = ["cli/run/levels", "cli/doctor", "cli/run/nested-root", "witness/tracepoint/"];

const TRACEFS = "/sys/kernel/tracing";
/** What comes behind tracefs tells its own failure, and is done without. */
const WAYS = {
  "with tracefs, debugfs and cgroup2": `mount -t tracefs tracefs ${TRACEFS}
mount -t debugfs debugfs /sys/kernel/debug || true
mount -t cgroup2 cgroup2 /sys/fs/cgroup || true`,
  "without tracefs and debugfs": `umount --lazy ${TRACEFS}
umount --lazy /sys/kernel/debug || true`,
};

const [mounted, unmounted] = Object.keys(WAYS);
const way = existsSync(`${TRACEFS}/instances`) ? unmounted : mounted;
/** In a mount namespace that is gone afterwards: nothing changes for anybody else. */
const inNamespace = (command, stdio) =>
  spawnSync("unshare", ["--mount", "sh", "-ec", `${WAYS[way]}\nexec "$@"`, "sh", ...command], {
    stdio,
    encoding: "utf8",
  });

const { error, status, stderr } = inNamespace(["true"], "pipe");
if (status !== 0) console.log(`not run ${way}: ${error?.message ?? stderr.trim()}`);
else {
  console.log(`${way}: ${DEPENDING.join(", ")}`);
  process.exitCode = inNamespace([process.execPath, RUN_TESTS, ...DEPENDING], "inherit").status ?? 1;
}
