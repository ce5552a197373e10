import assert from "node:assert/strict";
import { test } from "node:test";
import { parseProcNetTcp } from "../dialect/procfs/proc-net-tcp.ts";
import { WitnessError } from "../fault.ts";
import { findEnds, socketsIn } from "./listing.ts";
import type { Subject } from "./witness.ts";

const HEADER = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode";
/** 127.0.0.1 port 1500 in LISTEN, and a connection of port 8000 in ESTABLISHED. */
const BEACON_ROW =
  "   0: 0100007F:05DC 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 11 1 0000000000000000 100 0 0 10 0";
const SERVER_ROW =
  "   1: 0100007F:1F40 0100007F:4E20 01 00000000:00000000 00:00000000 00000000     0        0 12 1 0000000000000000 20 4 30 10 -1";

const address = "127.0.0.1";
const BEACON = { address, port: 1500 };
const SERVER: Subject = {
  end: "server",
  local: { address, port: 8000 },
  remote: { address, port: 20_000 },
  listens: false,
};
const CLIENT: Subject = { end: "client", local: SERVER.remote, remote: SERVER.local, listens: false };

const look = (...rows: readonly string[]) => {
  const text = [HEADER, ...rows, ""].join("\n");
  const listing = socketsIn("procfs", (accept) => parseProcNetTcp(accept, "little"), Buffer.from(text));
  return findEnds("procfs", listing, [SERVER, CLIENT], BEACON).map(({ states }) => states);
};

test("an end that is absent is CLOSED in a list that has the socket which is surely there", () => {
  assert.deepEqual(look(BEACON_ROW, SERVER_ROW), [["ESTABLISHED"], ["CLOSED"]]);
});

test("a list without that socket, or with another in its place, says nothing of anybody", () => {
  const blind = (error: unknown) =>
    error instanceof WitnessError && /^procfs: looking for .* 127\.0\.0\.1 port 1500: it is not in/.test(error.message);
  assert.throws(() => look(), blind);
  assert.throws(() => look(SERVER_ROW), blind);
  assert.throws(() => look(BEACON_ROW.replace(" 0A ", " 07 "), SERVER_ROW), blind);
});
