// The witness netstat (net-tools): /proc/net/tcp and tcp6 as netstat prints them.

import { parseNetstat } from "../../dialect/netstat/netstat.ts";
import { runListing } from "../command.ts";
import { findEnds, socketsIn } from "../listing.ts";
import type { Witness } from "../witness.ts";

export const netstat: Witness = {
  name: "netstat",
  source: "proc",
  costly: true,
  async look(subjects, beacon) {
    const output = await runListing("netstat", ["-tanoW"]);
    return findEnds("netstat", socketsIn("netstat: reading its output", parseNetstat, output), subjects, beacon);
  },
};
