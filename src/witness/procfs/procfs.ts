// The witness procfs: /proc/net/tcp and tcp6, read synchronously since only the main thread is in the scene's namespace.

import { readProcNetTcp } from "../../dialect/proc-net-tcp.ts";
import { WitnessError } from "../../fault.ts";
import { readProcFile } from "../../kernel/proc-file.ts";
import { findEnds } from "../listing.ts";
import type { Witness } from "../witness.ts";

export const procfs: Witness = {
  name: "procfs",
  source: "proc",
  costly: false,
  look(subjects) {
    const file = subjects[0]?.local.address.includes(":") ? "/proc/net/tcp6" : "/proc/net/tcp";
    const { sockets, unreadable } = readProcNetTcp(readProcFile(file));
    const [first] = unreadable;
    if (first !== undefined) throw new WitnessError(`procfs: reading ${file}: ${first.reason}: ${first.line}`);
    return findEnds(sockets, subjects);
  },
};
