// The witness netstat (net-tools, or busybox): /proc/net/tcp and tcp6 as netstat prints them.

import { parseNetstat } from "../../dialect/netstat/netstat.ts";
import { WitnessError } from "../../fault.ts";
import type { Visitable } from "../../kernel/network-namespace.ts";
import { runListing } from "../command.ts";
import { findEnds, socketsIn } from "../listing.ts";
import type { Witness } from "../witness.ts";

/** -o: timers, and -W: addresses in full. */
const NET_TOOLS = ["-tanoW"];
/** It knows neither letter, and prints addresses in full without being asked (networking/netstat.c). */
const BUSYBOX = ["-tan"];

let isBusybox: boolean | undefined;

export const netstat: Witness = {
  name: "netstat",
  async look(subjects, beacon, place) {
    const output = await listing(place);
    return findEnds("netstat", socketsIn("netstat: reading its output", parseNetstat, output), subjects, beacon);
  },
};

/** What this machine's netstat understands; asked once, by trying. */
export async function netstatOptions(place: Visitable): Promise<readonly string[]> {
  if (isBusybox === undefined) await listing(place);
  return isBusybox ? BUSYBOX : NET_TOOLS;
}

async function listing(place: Visitable): Promise<Buffer> {
  if (isBusybox) return runListing(place, "netstat", BUSYBOX);
  try {
    const output = await runListing(place, "netstat", NET_TOOLS);
    isBusybox = false;
    return output;
  } catch (error) {
    if (isBusybox === false || !(error instanceof WitnessError) || !error.message.includes("BusyBox")) throw error;
    isBusybox = true;
    return runListing(place, "netstat", BUSYBOX);
  }
}
