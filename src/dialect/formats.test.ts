import assert from "node:assert/strict";
import { test } from "node:test";
import { parseAnyListing } from "./any-listing.ts";
import { FORMAT_NAMES, type FormatName } from "./formats.ts";
import type { ListingEntry } from "./listing-entry.ts";
import type { NetstatKind } from "./netstat/is-netstat-line.ts";
import { sniff } from "./sniff.ts";

/** One socket each, 127.0.0.1:22 in LISTEN, as the tool prints it; with its heads and, where they are in a row of its own, without. */
const LISTINGS: Readonly<Record<Exclude<FormatName, "netstat">, readonly string[]>> = {
  ss: [
    "State  Recv-Q Send-Q Local Address:Port Peer Address:Port\nLISTEN 0      128    127.0.0.1:22       0.0.0.0:*\n",
    "LISTEN 0      128    127.0.0.1:22       0.0.0.0:*\n",
  ],
  procfs: [
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n   0: 0100007F:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 5 1 0 100 0 0 10 0\n",
    "   0: 0100007F:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 5 1 0 100 0 0 10 0\n",
  ],
};

const NETSTAT: Readonly<Record<NetstatKind, readonly string[]>> = {
  linux: [
    "Active Internet connections (servers and established)\nProto Recv-Q Send-Q Local Address           Foreign Address         State      \ntcp        0      0 127.0.0.1:22            0.0.0.0:*               LISTEN     \n",
    "tcp        0      0 127.0.0.1:22            0.0.0.0:*               LISTEN\n",
  ],
  bsd: [
    "Active Internet connections (including servers)\nProto Recv-Q Send-Q  Local Address          Foreign Address        (state)\ntcp4       0      0  127.0.0.1.22           *.*                    LISTEN\n",
    "tcp4       0      0  127.0.0.1.22           *.*                    LISTEN\n",
  ],
  solaris: [
    "TCP: IPv4\n   Local Address        Remote Address    Swind Send-Q Rwind Recv-Q    State\n-------------------- -------------------- ----- ------ ----- ------ -----------\n127.0.0.1.22               *.*                0      0 128000      0 LISTEN\n",
  ],
  windows: [
    "\r\nActive Connections\r\n\r\n  Proto  Local Address          Foreign Address        State           PID\r\n  TCP    127.0.0.1:22           0.0.0.0:0              LISTENING       4\r\n",
    "  TCP    127.0.0.1:22           0.0.0.0:0              LISTENING       4\r\n".trimStart(),
  ],
};

function read(text: string): readonly ListingEntry[] {
  const entries: ListingEntry[] = [];
  const reader = parseAnyListing((entry) => entries.push(entry));
  reader.write(Buffer.from(text));
  reader.end();
  return entries;
}

const SAMPLES: Readonly<Record<FormatName, readonly string[]>> = {
  ...LISTINGS,
  netstat: Object.values(NETSTAT).flat(),
};

test("a title of netstat is one in every language that is read", () => {
  for (const title of ["Active Connections", "Aktive Verbindungen", "Conexões ativas", "Connessioni attive"])
    assert.deepEqual([sniff(title), read(title).map(({ kind }) => kind)], [{ format: "netstat" }, ["header"]], title);
});

for (const name of FORMAT_NAMES)
  test(`${name}: the format is known by its lines, and its sockets are read`, () => {
    for (const text of SAMPLES[name]) {
      assert.deepEqual(sniff(text), { format: name }, text);
      const entries = read(text);
      assert.ok(
        entries.every(({ kind }) => kind === "header" || kind === "socket"),
        text,
      );
      const sockets = entries.flatMap((entry) => (entry.kind === "socket" ? [entry.socket] : []));
      const [{ local, state } = {}] = sockets;
      assert.deepEqual([sockets.length, local, state], [1, { address: "127.0.0.1", port: 22 }, "LISTEN"], text);
    }
  });
