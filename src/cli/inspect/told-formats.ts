// The formats that inspect reads, as its help and its complaints name them. Loads no parser, for the help of every command is put together at each start.

import type { FormatName } from "../../dialect/formats.ts";

interface ToldFormat {
  readonly name: string;
  /** Of which versions and systems. */
  readonly reads: string;
}

export const TOLD_FORMATS: Readonly<Record<FormatName, ToldFormat>> = {
  ss: { name: "ss", reads: "ss of iproute2 3.10 to 7.1 with any options" },
  netstat: {
    name: "netstat",
    reads:
      "netstat of net-tools, busybox, macOS, the BSDs and Windows, in English (German Windows' states are known, too)",
  },
  procfs: { name: "/proc/net/tcp", reads: "/proc/net/tcp and tcp6" },
};

const NAMES = Object.values(TOLD_FORMATS).map(({ name }) => name);

/** "ss, netstat or /proc/net/tcp" */
export const ANY_FORMAT = `${NAMES.slice(0, -1).join(", ")} or ${NAMES.at(-1)}`;
