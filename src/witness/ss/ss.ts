// The witness ss (iproute2): what inet_diag says, as ss prints it.

import { readSs } from "../../dialect/ss.ts";
import { WitnessError } from "../../fault.ts";
import { runListing } from "../command.ts";
import { findEnds } from "../listing.ts";
import type { Witness } from "../witness.ts";

export const ss: Witness = {
  name: "ss",
  source: "inet_diag",
  costly: true,
  async look(subjects) {
    const { sockets, unreadable } = readSs(await runListing("ss", ["-Htanoie"]));
    const [first] = unreadable;
    if (first !== undefined) throw new WitnessError(`ss: reading its output: ${first.reason}: ${first.line}`);
    return findEnds(sockets, subjects);
  },
};
