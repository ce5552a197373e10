// The witness ss (iproute2): what inet_diag says, as ss prints it.

import { parseSs } from "../../dialect/ss/ss.ts";
import { runListing } from "../command.ts";
import { findEnds, socketsIn } from "../listing.ts";
import type { Witness } from "../witness.ts";

export const ss: Witness = {
  name: "ss",
  async look(subjects, beacon, place) {
    const output = await runListing(place, "ss", ["-Htanoie"]);
    return findEnds("ss", socketsIn("ss: reading its output", parseSs, output), subjects, beacon);
  },
};
