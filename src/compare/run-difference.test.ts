import assert from "node:assert/strict";
import { test } from "node:test";
import type { Json, TimelineLine } from "../evidence/timeline.ts";
import { readTimeline } from "../evidence/timeline-file.ts";
import { claimsOf } from "../lab/scene-claims.ts";
import openAndClose from "../testing/open-and-close.ts";
import { recordedFiles } from "../testing/recorded-run.ts";
import { verdictDocumentOf } from "../verdict/verdict-document.ts";
import { type ComparedRun, comparedRun } from "./compared-run.ts";
import { formatPiece } from "./piece.ts";
import { compareRuns } from "./run-difference.ts";

const LINES = readTimeline(recordedFiles()["timeline.jsonl"].toString());
const CLAIMS = claimsOf(openAndClose);

const runOf = (lines: readonly TimelineLine[], sysctls?: Readonly<Record<string, string>>): ComparedRun =>
  comparedRun({
    claims: CLAIMS,
    verdict: verdictDocumentOf(CLAIMS, lines, { timeline: "", capture: "" }),
    lines,
    sysctls,
  });

test("a run does not differ from itself", () => {
  const run = runOf(LINES, { "net.ipv4.tcp_ecn": "2" });
  assert.deepEqual(compareRuns(run, run), { claims: [], segments: [], settings: [] });
});

test("claims, segments and settings that differ are found, and nothing else", () => {
  const changed = LINES.map((line): TimelineLine => {
    if (line.type === "segment" && line.scene === "opening" && line.frame === 1)
      return { ...line, options: ["mss 1460"] };
    if (line.type === "sighting" && line.scene === "free") return { ...line, raw: "other" };
    if (line.type === "note" && line.topic === "scene" && line.scene === "free")
      return { ...line, data: { ...line.data, mtu: 1500, sysctls: { "net.ipv4.tcp_ecn": "1" } } };
    return line;
  }).filter((line) => !(line.type === "segment" && line.scene === "free" && line.flags.join() === "ACK"));
  const [a, b] = [runOf(LINES, { "net.ipv4.tcp_sack": "1" }), runOf(changed, { "net.ipv4.tcp_sack": "0" })];
  const found = compareRuns(a, b);
  assert.deepEqual(
    found.claims.map(({ claim: { id }, a: one, b: other }) => [id, one.seen?.value, other.seen?.value]),
    [["open-and-close.free.three-segments", 3, 2]],
  );
  assert.deepEqual(found.settings, [
    { name: "net.ipv4.tcp_sack", a: "1", b: "0" },
    { scene: "free", name: "mtu", a: undefined, b: "1500" },
    { scene: "free", name: "net.ipv4.tcp_ecn", a: undefined, b: "1" },
  ]);
  assert.deepEqual(
    found.segments.map(({ scene, options, a: one, b: other }) => [
      scene,
      options.map(({ name }) => name),
      one && formatPiece(one).replace(/ <.*/, ""),
      other && formatPiece(other).replace(/ <.*/, ""),
    ]),
    [
      [
        "opening",
        ["mss", "sack-permitted", "timestamps", "window-scale"],
        ...Array(2).fill("client SYN seq=0 length=0"),
      ],
      ["free", [], "client ACK ack=1", undefined],
    ],
  );
});

test("a scene that only one run has played is told once, and its segments are not", () => {
  const found = compareRuns(runOf(LINES), runOf(LINES.filter((line) => !("scene" in line) || line.scene !== "free")));
  assert.deepEqual(found.settings, [{ scene: "free", name: "played", a: "yes", b: undefined }]);
  assert.deepEqual(found.segments, []);
  assert.ok(found.claims.length > 0 && found.claims.every(({ b }) => b.verdict === "unwitnessed"));
});

test("a scene's sysctl is what it was there: pinned or asked for, or else the namespace's own", () => {
  const withScene = (data: Readonly<Record<string, Json>>, sysctls: Readonly<Record<string, string>>) =>
    runOf(
      LINES.map((line) =>
        line.type === "note" && line.topic === "scene" && line.scene === "free"
          ? { ...line, data: { ...line.data, ...data } }
          : line,
      ),
      sysctls,
    );
  const pinned = withScene(
    { pins: { "net.ipv4.tcp_ecn": "2", "net.ipv4.tcp_retries2": "255" } },
    { "net.ipv4.tcp_sack": "1" },
  );
  const sack = (value: string) => ({ sysctls: { "net.ipv4.tcp_ecn": "2", "net.ipv4.tcp_sack": value } });
  const host = { "net.ipv4.tcp_sack": "1", "net.ipv4.tcp_retries2": "15" };
  const settings = (data: Readonly<Record<string, Json>>) =>
    compareRuns(pinned, withScene(data, host)).settings.filter(({ scene }) => scene !== undefined);
  assert.deepEqual(settings({ ...sack("0"), unreached: { "net.ipv4.tcp_fin_timeout": "7" } }), [
    { scene: "free", name: "net.ipv4.tcp_retries2", a: "255", b: "15" },
    { scene: "free", name: "net.ipv4.tcp_sack", a: "1", b: "0" },
  ]);
  assert.deepEqual(settings({ ...sack("1"), pins: { "net.ipv4.tcp_retries2": "255" } }), []);
});

test("a module that was loaded meanwhile is no setting, nor is who reads the numbers of groups", () => {
  const settings = (name: string, a: string, b: string) =>
    compareRuns(runOf(LINES, { [name]: a }), runOf(LINES, { [name]: b })).settings;
  assert.deepEqual(settings("net.ipv4.tcp_available_congestion_control", "reno cubic", "reno cubic bbr"), []);
  assert.deepEqual(settings("net.ipv4.ping_group_range", "1 0", "65534 65534"), []);
  const chosen = (control: string) => runOf(LINES, { "net.ipv4.tcp_congestion_control": control });
  assert.equal(compareRuns(chosen("cubic"), chosen("bbr")).settings.length, 1);
});
