import assert from "node:assert/strict";
import { test } from "node:test";
import { type ParseListing, readListing } from "../../dialect/listing-entry.ts";
import { parseNetstat } from "../../dialect/netstat/netstat.ts";
import { parseProcNetTcp } from "../../dialect/procfs/proc-net-tcp.ts";
import { parseSs } from "../../dialect/ss/ss.ts";
import { publicListings } from "../listing-fixtures.ts";

/** Lines that cannot be read, and why that is so; all other lines of these files are. */
const UNREADABLE: Readonly<Record<string, readonly [lines: number, because: string]>> = {
  "gh-issues/commit_3e807112_timers_before.out": [8, "the author put ... for the addresses"],
  "gh-issues/commit_296b5de7_emoitn_and_O.out": [1, "cut off within data_segs_out when it was pasted"],
  "gh-issues/flent_229_ss_ipv6_tin.out": [1, "a line of tcp_info whose row was left out"],
  "gh-issues/goss_149_ss_and_netstat_same_socket.out": [1, "its second line is netstat's, the first ss's"],
  "gh-issues/jc_561_ss_tulpen_v6only.out": [3, "cut at 100 columns, within the list of users"],
  "gh-issues/pid-port_16_ss_space_in_name.out": [1, "the stars of the peer address were lost when it was pasted"],
  "insights-core/parsers-NETSTAT_CONTENT_BUT_NO_LOCAL_ADDR_COLON.out": [
    2,
    "ports in columns of their own: made up, no netstat prints that",
  ],
  "procfs/sockstat.out": [6, "another file of /proc/net: counts, no sockets"],
  "procfs/sockstat6.out": [5, "another file of /proc/net: counts, no sockets"],
  "procfs/udp_broken.out": [1, "made up: a row of four columns"],
};

const listings = publicListings();
const skip =
  listings === undefined && "other projects' listings are not at hand: ../shared/fixtures/public is not here";

test("every line of other projects' listings is accounted for", { skip }, (t) => {
  const complaints: string[] = [];
  for (const { name, bytes } of listings ?? []) {
    const entries = readListing(parserFor(name), bytes);
    const lines = bytes.toString("latin1").replace(/\n$/, "").split("\n").length;
    const count = (kind: string) =>
      entries.filter((entry) => entry.kind === kind).reduce((sum, entry) => sum + entry.lines, 0);
    const [allowed, because = ""] = UNREADABLE[name] ?? [0];
    const counts = ["socket", "header", "other", "unreadable"].map((kind) => `${count(kind)} ${kind}`).join(", ");
    t.diagnostic(`${name}: ${lines} lines: ${counts} ${because}`);
    if (entries.reduce((sum, entry) => sum + entry.lines, 0) !== lines) complaints.push(`${name}: a line is lost`);
    if (count("unreadable") !== allowed) complaints.push(`${name}: ${count("unreadable")} lines are unreadable`);
  }
  assert.deepEqual(complaints, []);
});

function parserFor(name: string): ParseListing {
  if (/^procfs\/|proc_net/.test(name)) return parseProcNetTcp;
  return /netstat_|netstat-|NETSTAT|busybox|macos|windows|_line/.test(name) &&
    !name.includes("goss") &&
    !name.includes("netdata")
    ? parseNetstat
    : parseSs;
}
