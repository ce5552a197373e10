import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import type { ParseListing } from "../dialect/listing-entry.ts";
import { parseNetstat } from "../dialect/netstat/netstat.ts";
import { parseProcNetTcp } from "../dialect/procfs/proc-net-tcp.ts";
import { parseSs } from "../dialect/ss/ss.ts";
import type { WitnessName } from "../evidence/witnesses.ts";
import type { Endpoint } from "../tcp/segment.ts";
import type { TcpState } from "../tcp/state.ts";
import { capturesIn, lists, parserFor } from "../testing/captured-listings/capture.ts";
import { trueSocketsIn } from "../testing/captured-listings/true-sockets.ts";
import { capturedListings } from "../testing/listing-fixtures.ts";
import { findEnds, type ListedSocket, socketsIn } from "./listing.ts";
import type { Subject } from "./witness.ts";

const FOLDER = fileURLToPath(new URL("fixtures/closed-beside-open/", import.meta.url));

/** One set of sockets, listed at the same time by all of these; bound descriptors that are closed stand among them. */
const LISTINGS: readonly (readonly [file: string, who: WitnessName, parse: ParseListing])[] = [
  ["ss-5.10.0.out", "ss", parseSs],
  ["ss-6.1.0.out", "ss", parseSs],
  ["ss-6.15.0.out", "ss", parseSs],
  ["ss-7.3.0.out", "ss", parseSs],
  ["netstat-2.10.out", "netstat", parseNetstat],
  ["netstat-busybox-1.37.0.out", "netstat", parseNetstat],
  ["proc-net-tcp.out", "procfs", parseProcNetTcp],
  ["proc-net-tcp6.out", "procfs", parseProcNetTcp],
];

interface TrueSocket {
  readonly what: string;
  readonly state: TcpState;
  readonly local: string;
  readonly remote?: string;
}

const TRUTH = JSON.parse(readFileSync(`${FOLDER}truth.json`, "utf8")) as readonly TrueSocket[];

/** Both ends of every connection that was made: its one state, or CLOSED where only a descriptor is left of it. */
const CONNECTIONS = TRUTH.filter(({ remote }) => remote !== undefined).map(({ what, local, remote = "" }) => {
  const ofPair = TRUTH.filter((other) => other.local === local && other.remote === remote);
  const state = ofPair.find((other) => other.state !== "CLOSED")?.state ?? "CLOSED";
  return { what, state, local: endpoint(local), remote: endpoint(remote) };
});

function endpoint(text: string): Endpoint {
  const [, address = "", port = ""] = /^\[?(.*?)\]?:(\d+)$/.exec(text) ?? [];
  return { address, port: Number(port) };
}

const isIpv6 = ({ address }: Endpoint): boolean => address.includes(":");

/** net-tools prints 127.0.0.1 for ::ffff:127.0.0.1, and each file of procfs has one family. */
function isListedIn(file: string, { local }: { readonly local: Endpoint }): boolean {
  if (file === "netstat-2.10.out") return !local.address.startsWith("::ffff:");
  return !file.startsWith("proc") || isIpv6(local) === file.includes("tcp6");
}

/** Any listener of the list: that all of the list is there is not what is tried here. */
function beaconIn(name: string, listing: readonly ListedSocket[]): Endpoint {
  const local = listing.find(({ socket }) => socket.state === "LISTEN")?.socket.local;
  assert.ok(local?.port !== undefined, `${name} has no listener`);
  return { address: local.address, port: local.port };
}

const subjectAt = (local: Endpoint, remote: Endpoint): Subject => ({ end: "client", local, remote, listens: false });

test("a closed descriptor that keeps its old peer is not taken for that pair's connection, by whatever lists it", () => {
  for (const [file, who, parse] of LISTINGS) {
    const listing = socketsIn(file, parse, readFileSync(`${FOLDER}${file}`));
    const own = CONNECTIONS.filter((connection) => isListedIn(file, connection));
    const subjects = own.map(({ local, remote }) => subjectAt(local, remote));
    const found = findEnds(who, listing, subjects, beaconIn(file, listing));
    assert.ok(own.length > 10, file);
    own.forEach(({ what, state }, index) => {
      assert.deepEqual(found[index]?.states, [state], `${file}: ${what}`);
    });
  }
});

test("the new listings have what the old ones had not: a row UNCONN and a row TIME-WAIT of one pair", () => {
  const text = readFileSync(`${FOLDER}ss-6.15.0.out`, "utf8");
  const rows = text.split("\n").filter((line) => line.includes(" 127.0.0.1:41001 "));
  assert.deepEqual(
    rows.map((row) => row.split(" ")[0]),
    ["UNCONN", "TIME-WAIT"],
  );
});

test("in listings of ss 3.10 to 7.1 every connection is found, and in its state", () => {
  const { folder, listings } = capturedListings();
  const captures = capturesIn(folder);
  const truth = trueSocketsIn(folder).filter(({ remote, state }) => remote.port !== 0 && state !== "CLOSED");
  let versions = 0;
  for (const { name, bytes } of listings) {
    const capture = captures.get(name);
    if (capture?.tool !== "ss" || capture.isPartial || capture.isOfSecondScene) continue;
    if (!/a.*n|n.*a/.test(capture.letters) || /B/.test(capture.letters) || capture.command.includes(" state "))
      continue;
    const listing = socketsIn(name, parserFor(capture), bytes);
    const own = truth.filter((socket) => lists(capture, socket));
    const subjects = own.map(({ local, remote }) => subjectAt(local, remote));
    const found = findEnds("ss", listing, subjects, beaconIn(name, listing));
    own.forEach(({ state, local }, index) => {
      assert.deepEqual(found[index]?.states, [state], `${name}: port ${local.port}`);
    });
    versions++;
  }
  assert.ok(versions >= 8, `only ${versions} listings`);
});

test("two connections of one pair that are in different states are no testimony", () => {
  const listener = "LISTEN 0 0 127.0.0.1:8000 0.0.0.0:*";
  const rows = ["ESTAB 0 0 127.0.0.1:20000 127.0.0.1:8000", "TIME-WAIT 0 0 127.0.0.1:20000 127.0.0.1:8000"];
  const subject = subjectAt({ address: "127.0.0.1", port: 20_000 }, { address: "127.0.0.1", port: 8000 });
  const look = (...lines: readonly (string | undefined)[]) => {
    const listing = socketsIn("ss", parseSs, Buffer.from(`${[listener, ...lines].join("\n")}\n`));
    return findEnds("ss", listing, [subject], beaconIn("made", listing));
  };
  assert.throws(() => look(...rows), /^WitnessError: ss: the client has two connections to one peer: /);
  assert.deepEqual(look(rows[0], rows[0])[0]?.states, ["ESTABLISHED"]);
});
