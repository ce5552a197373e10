import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { flagBits } from "../../tcp/flags.ts";
import type { Segment } from "../../tcp/segment.ts";
import { encodeSegment } from "../../tcp/segment-codec.ts";
import { sequence } from "../../tcp/sequence.ts";
import { frameOf } from "./loopback-frame.ts";
import { type CapturedFrame, writePcapng } from "./pcapng.ts";

const TSHARK = "tshark";
const TIME_LIMIT_MS = 60_000;
const noTshark = spawnSync(TSHARK, ["--version"], { timeout: TIME_LIMIT_MS }).status !== 0;
const skip = noTshark ? 'tshark is not installed ("apt-get install tshark")' : false;

const SYN: Segment = {
  family: "ipv4",
  from: { address: "127.0.0.1", port: 20_000 },
  to: { address: "127.0.0.1", port: 8000 },
  seq: sequence(4_294_967_295),
  ack: sequence(0),
  flags: ["SYN"],
  window: 65_535,
  urgentPointer: 0,
  options: [
    { kind: "mss", octets: 65_495 },
    { kind: "sack-permitted" },
    { kind: "timestamps", value: 4_294_967_295, echo: 7 },
    { kind: "nop" },
    { kind: "window-scale", shift: 7 },
  ],
  payload: new Uint8Array(),
};
const SACK: Segment = {
  ...SYN,
  family: "ipv6",
  from: { address: "::1", port: 8010 },
  to: { address: "::1", port: 20_010 },
  seq: sequence(120),
  ack: sequence(101),
  flags: ["FIN", "PSH", "URG", "ACK"],
  urgentPointer: 3,
  options: [
    { kind: "nop" },
    { kind: "nop" },
    { kind: "sack", blocks: [{ left: sequence(201), right: sequence(301) }] },
  ],
  payload: new TextEncoder().encode("the rest"),
};
/** The largest there is, and of an odd length. */
const LARGE: Segment = { ...SYN, flags: ["ACK"], options: [], payload: new Uint8Array(65_495).fill(0x5a) };

const PACKETS: readonly (CapturedFrame & { readonly segment: Segment })[] = [
  {
    interface: 0,
    at: "1795332041.017212600",
    comment: "held; handed on 3.141 ms later; server SYN_RCVD",
    segment: SYN,
  },
  { interface: 1, at: "1795332041.017212601", comment: "von Hand: ✔ ü 通", segment: SACK },
  { interface: 0, at: "4102444800.999999999", comment: "", segment: LARGE },
].map((packet) => ({ ...packet, frame: frameOf(encodeSegment(packet.segment)) }));

const FIELDS = [
  "frame.interface_name",
  "frame.time_epoch",
  "frame.comment",
  "tcp.srcport",
  "tcp.dstport",
  "tcp.flags",
  "tcp.seq_raw",
  "tcp.ack_raw",
  "tcp.len",
  "tcp.urgent_pointer",
  "tcp.checksum.status",
  "ip.checksum.status",
  "tcp.options.mss_val",
  "tcp.options.timestamp.tsval",
  "tcp.options.timestamp.tsecr",
  "tcp.options.wscale.shift",
  "tcp.options.sack_le",
  "tcp.options.sack_re",
] as const;
/** tshark's word for a checksum that is right. */
const GOOD = "1";

test("tshark reads a written capture as it was meant, and finds every checksum right", { skip }, (t) => {
  const folder = mkdtempSync(join(tmpdir(), "pcapng-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "capture.pcapng");
  const interfaces = [
    { name: "lo (one)", description: "scene one" },
    { name: "lo (two)", description: "scene two", comment: "an interface may have one too" },
  ];
  writeFileSync(file, writePcapng({ comment: "a lab", application: "a test", interfaces, packets: PACKETS }));

  const read = readFields(file);

  assert.equal(read.length, PACKETS.length);
  PACKETS.forEach(({ segment, ...packet }, index) => {
    const row = read[index];
    assert.ok(row);
    const own = (field: (typeof FIELDS)[number]) => row[FIELDS.indexOf(field)];
    const option = (kind: string) => segment.options.find((one) => one.kind === kind);
    assert.equal(own("frame.interface_name"), interfaces[packet.interface]?.name);
    assert.equal(own("frame.time_epoch"), packet.at);
    assert.equal(own("frame.comment"), packet.comment);
    assert.equal(own("tcp.srcport"), String(segment.from.port));
    assert.equal(own("tcp.dstport"), String(segment.to.port));
    assert.equal(Number(own("tcp.flags")), flagBits(segment.flags));
    assert.equal(own("tcp.seq_raw"), String(segment.seq));
    assert.equal(own("tcp.ack_raw"), String(segment.ack));
    assert.equal(own("tcp.len"), String(segment.payload.length));
    assert.equal(own("tcp.urgent_pointer"), String(segment.urgentPointer));
    assert.equal(own("tcp.checksum.status"), GOOD);
    assert.equal(own("ip.checksum.status"), segment.family === "ipv4" ? GOOD : "");
    assert.equal(own("tcp.options.mss_val"), option("mss") ? "65495" : "");
    assert.equal(own("tcp.options.timestamp.tsval"), option("timestamps") ? "4294967295" : "");
    assert.equal(own("tcp.options.timestamp.tsecr"), option("timestamps") ? "7" : "");
    assert.equal(own("tcp.options.wscale.shift"), option("window-scale") ? "7" : "");
    assert.equal(own("tcp.options.sack_le"), option("sack") ? "201" : "");
    assert.equal(own("tcp.options.sack_re"), option("sack") ? "301" : "");
  });
});

/** SACK edges would be relative otherwise; checksums would not be looked at. */
const PREFERENCES = ["tcp.relative_sequence_numbers:FALSE", "tcp.check_checksum:TRUE", "ip.check_checksum:TRUE"];

function readFields(file: string): readonly (readonly string[])[] {
  const args = ["-r", file, "-T", "fields", "-E", "separator=|", "-E", "occurrence=a"];
  const stdout = execFileSync(
    TSHARK,
    [...args, ...FIELDS.flatMap((field) => ["-e", field]), ...PREFERENCES.flatMap((preference) => ["-o", preference])],
    { encoding: "utf8", timeout: TIME_LIMIT_MS, stdio: ["ignore", "pipe", "pipe"] },
  );
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => line.split("|"));
}
