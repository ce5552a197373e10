import assert from "node:assert/strict";
import { test } from "node:test";
import { type ListingEntry, readListing } from "../../dialect/listing-entry.ts";
import type { TcpSocketRecord } from "../../dialect/tcp-socket.ts";
import { capturedListings, type ListingFixture } from "../listing-fixtures.ts";
import { isAllowed } from "./absences.ts";
import { type Capture, capturesIn, lists, parserFor } from "./capture.ts";
import { type Comparison, compare, FIELDS, type Outcome } from "./compare.ts";
import { type TrueSocket, trueSocketsIn } from "./true-sockets.ts";

const { folder, reason, listings } = capturedListings();
const captures = capturesIn(folder);
const truth = trueSocketsIn(folder);

/** A message of ss on stderr, which the shell put into the file. */
const UNREADABLE: Readonly<Record<string, number>> = { "ss-v7.1.0/procfs_fallback_try.out": 1 };

test("every captured listing says what the kernel said: nothing wrong, nothing absent or cut that the command could print", (t) => {
  if (reason !== undefined) t.diagnostic(reason);
  t.diagnostic(`${"file".padEnd(44)} sockets  equal absent    cut  wrong`);
  const complaints = listings.flatMap((listing) => checkListing(listing, (line) => t.diagnostic(line)));
  assert.equal(complaints.length, 0, complaints.slice(0, 30).join("\n"));
});

function checkListing({ name, bytes }: ListingFixture, print: (line: string) => void): readonly string[] {
  const capture = captures.get(name);
  assert.ok(capture !== undefined, `${name} is not in MANIFEST.tsv`);
  const entries = readListing(parserFor(capture), bytes);
  const records = entries.flatMap((entry) => (entry.kind === "socket" ? [entry.socket] : []));
  const listed = truth.filter((socket) => lists(capture, socket));
  const { pairs, strangers, missing } = match(capture, records, listed);
  const count: Record<Outcome, number> = { equal: 0, absent: 0, cut: 0, wrong: 0 };
  const complaints: string[] = [];
  for (const { record, socket, comparison, capture: of } of pairs)
    for (const field of FIELDS) {
      const outcome = comparison[field];
      count[outcome]++;
      if (outcome === "equal" || (outcome !== "wrong" && isAllowed(outcome, field, of, socket, record))) continue;
      complaints.push(`${name}: ${field} is ${outcome}: ${JSON.stringify(record)} of ${JSON.stringify(socket)}`);
    }
  const wrong = count.wrong + strangers.length;
  const numbers = [records.length, count.equal, count.absent, count.cut, wrong];
  print(`${name.padEnd(44)} ${numbers.map((number) => String(number).padStart(6)).join(" ")}`);
  complaints.push(...strangers.map((record) => `${name}: no such socket: ${JSON.stringify(record)}`));
  complaints.push(...missing.map((socket) => `${name}: not listed: ${JSON.stringify(socket)}`));
  return [...complaints, ...accountFor(name, bytes, entries)];
}

interface Pair {
  readonly capture: Capture;
  readonly record: TcpSocketRecord;
  readonly socket: TrueSocket;
  readonly comparison: Comparison;
}

/** Each record with the socket that it fits best, and what is left over on both sides. */
function match(capture: Capture, records: readonly TcpSocketRecord[], listed: readonly TrueSocket[]) {
  const sockets = capture.isOfSecondScene ? listed.filter(({ state }) => state === "LISTEN") : listed;
  const left = new Set(sockets);
  const pairs: Pair[] = [];
  const strangers: TcpSocketRecord[] = [];
  for (const record of records) {
    const best = bestOf(capture, record, left) ?? bestOf(asSecondTable(capture), record, sockets);
    if (best !== undefined) {
      pairs.push(best);
      left.delete(best.socket);
    } else if (!capture.isOfSecondScene || isListenerOfBoth(record)) strangers.push(record);
  }
  return { pairs, strangers, missing: capture.isPartial ? [] : [...left] };
}

function bestOf(capture: Capture, record: TcpSocketRecord, sockets: Iterable<TrueSocket>): Pair | undefined {
  return [...sockets]
    .map((socket) => ({ capture, record, socket, comparison: compare(capture, record, socket) }))
    .filter(({ comparison }) => isAbout(comparison))
    .sort((one, other) => wrongs(one.comparison) - wrongs(other.comparison))[0];
}

/** ss -a of 4.12 prints the table again, from procfs; netstat -c prints it again and again. */
const asSecondTable = (capture: Capture): Capture => ({ ...capture, readsProcfs: true });

/** The second scene had listeners of its own from port 9500 on. */
const isListenerOfBoth = ({ state, local }: TcpSocketRecord): boolean => state === "LISTEN" && (local.port ?? 0) < 9500;

/** Not clearly about another socket; what else is wrong then counts. */
const isAbout = (comparison: Comparison): boolean =>
  (["local address", "local port", "remote address", "remote port"] as const).every(
    (field) => comparison[field] !== "wrong",
  );

const wrongs = (comparison: Comparison): number => FIELDS.filter((field) => comparison[field] === "wrong").length;

function accountFor(name: string, bytes: Buffer, entries: readonly ListingEntry[]): readonly string[] {
  const lines = bytes.toString("latin1").replace(/\n$/, "").split("\n").length;
  const accounted = entries.reduce((sum, entry) => sum + entry.lines, 0);
  const unreadable = entries.filter((entry) => entry.kind === "unreadable");
  return [
    ...(lines === accounted ? [] : [`${name}: ${accounted} of ${lines} lines are accounted for`]),
    ...(unreadable.length === (UNREADABLE[name] ?? 0)
      ? []
      : unreadable.map((entry) => `${name}: unreadable: ${entry.raw}`)),
  ];
}
