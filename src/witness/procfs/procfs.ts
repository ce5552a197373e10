// The witness procfs: /proc/net/tcp and tcp6, read synchronously, since only the main thread visits the scene's namespace.

import { endianness } from "node:os";
import type { ParseListing } from "../../dialect/listing-entry.ts";
import { parseProcNetTcp } from "../../dialect/procfs/proc-net-tcp.ts";
import { readProcOctets } from "../../kernel/proc-file.ts";
import { findEnds, socketsIn } from "../listing.ts";
import type { Witness } from "../witness.ts";

const BYTE_ORDER = endianness() === "LE" ? "little" : "big";

export const procfs: Witness = {
  name: "procfs",
  look(subjects, beacon, place) {
    const file = beacon.address.includes(":") ? "/proc/net/tcp6" : "/proc/net/tcp";
    const parse: ParseListing = (accept) => parseProcNetTcp(accept, BYTE_ORDER);
    const octets = place.inside(() => readProcOctets(file));
    return findEnds("procfs", socketsIn(`procfs: reading ${file}`, parse, octets), subjects, beacon);
  },
};
