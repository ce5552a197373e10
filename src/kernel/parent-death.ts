// Ends this process when the launcher that started it is killed (prctl(2), PR_SET_PDEATHSIG).

import { constants } from "node:os";
import { prctl, succeed } from "./libc.ts";

const PR_SET_PDEATHSIG = 1; // linux/prctl.h

/** `launcher`: the pid that must still be the parent; it may have died before the signal was asked for. */
export function dieWithParent(launcher: number): void {
  succeed("prctl(PR_SET_PDEATHSIG)", prctl(PR_SET_PDEATHSIG, constants.signals.SIGTERM));
  if (process.ppid !== launcher) process.kill(process.pid, "SIGTERM");
}
