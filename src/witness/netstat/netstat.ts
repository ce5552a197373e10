// The witness netstat (net-tools): /proc/net/tcp and tcp6 as netstat prints them.

import { readNetstat } from "../../dialect/netstat.ts";
import { WitnessError } from "../../fault.ts";
import { runListing } from "../command.ts";
import { findEnds } from "../listing.ts";
import type { Witness } from "../witness.ts";

export const netstat: Witness = {
  name: "netstat",
  source: "proc",
  costly: true,
  async look(subjects) {
    const { sockets, unreadable } = readNetstat(await runListing("netstat", ["-tano"]));
    const [first] = unreadable;
    if (first !== undefined) throw new WitnessError(`netstat: reading its output: ${first.reason}: ${first.line}`);
    return findEnds(sockets, subjects);
  },
};
