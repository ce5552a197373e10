import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import type { Action, SegmentLine, Sighting, TimelineLine } from "../../src/evidence/timeline.ts";
import { readTimeline } from "../../src/evidence/timeline-file.ts";
import { sequenceAfter } from "../../src/tcp/segment.ts";
import { distance, sequence } from "../../src/tcp/sequence.ts";
import { runLabProcess, temporaryFolder, whyNoNamespace } from "../../src/testing/lab-process.ts";
import { assertWholeTapes } from "../../src/testing/whole-tapes.ts";

const LAB = fileURLToPath(new URL("receiver-drops.ts", import.meta.url));
const reason = await whyNoNamespace();

/** Segments in order that its socket had no room for, or that came when its window was 0 (tcp_data_queue). */
const DROPPED = ["TcpExt.TCPRcvQDrop", "TcpExt.TCPZeroWindowDrop"];

test("a flow hands on again what the receiver has dropped, and nothing that it has acknowledged", {
  skip: reason ?? false,
}, async () => {
  using out = temporaryFolder();
  const { status, verdict } = await runLabProcess(LAB, out.path);
  assert.equal(status, 0, JSON.stringify(verdict.claims, null, 1));
  const runs = join(out.path, "control-receiver-drops");
  const timeline = readFileSync(join(runs, readdirSync(runs)[0] ?? "", "timeline.jsonl"), "utf8");
  assertWholeTapes(timeline);
  const lines = readTimeline(timeline);
  const transfer = lines.find((line) => line.type === "action" && line.step === "server transfer");
  assert.ok(transfer?.type === "action");
  assert.ok(dropsIn(lines, transfer) > 0, "the kernel itself counts what it dropped");
  const handedOn = segmentsOf(transfer, lines);
  const again = handedOn.filter(({ repeats }) => repeats !== undefined);
  assert.ok(again.length > 0);
  assert.ok(transfer.sentence.includes(`; ${again.length} of them again, since no ack`), transfer.sentence);
  for (const line of again) {
    // The client's acknowledgements are handed on as they come, so that none lies on the wire when a repeat is.
    const before = handedOn.slice(0, handedOn.indexOf(line));
    const acknowledged = sequence(before.findLast(({ end }) => end === "client")?.ack ?? 0);
    assert.ok(distance(sequence(line.seq), acknowledged) >= 0, `${line.id} lies behind a gap`);
    assert.ok(distance(acknowledged, sequenceAfter(line)) > 0, `${line.id} was acknowledged`);
    assert.ok(
      before.some(({ id }) => id === line.repeats),
      `${line.id} repeats what was never handed on`,
    );
  }
});

function dropsIn(lines: readonly TimelineLine[], { id }: Action): number {
  const look = lines.filter((line): line is Sighting => line.type === "sighting" && line.after === id);
  const growth = look.find(({ witness }) => witness === "counters")?.counters ?? {};
  return DROPPED.reduce((sum, name) => sum + (growth[name] ?? 0), 0);
}

/** In the order in which the wire handed them on. */
function segmentsOf({ segments = [] }: Action, lines: readonly TimelineLine[]): readonly SegmentLine[] {
  const byId = new Map(lines.flatMap((line) => (line.type === "segment" ? [[line.id, line] as const] : [])));
  return segments.flatMap((id) => byId.get(id) ?? []);
}
