import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, readdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { temporaryFolder } from "../../testing/lab-process.ts";
import { onlyOpenAndClose, recordedFiles } from "../../testing/recorded-run.ts";
import { writeZip, type ZipEntry } from "../../testing/zip-writer.ts";
import { isRefusal, type Judged, judgeBundle } from "../judge-bundle.ts";
import type { BundleFile } from "./bundle.ts";
import { findBundles } from "./find-bundles.ts";

const FILES = recordedFiles();
const MEBIBYTE = 1 << 20;

function place(t: TestContext): string {
  const folder = temporaryFolder();
  t.after(() => folder[Symbol.dispose]());
  return folder.path;
}

async function judgeAll(...paths: readonly string[]): Promise<readonly Judged[]> {
  const judged: Judged[] = [];
  for await (const found of findBundles(paths))
    judged.push("refused" in found ? found : await judgeBundle(found, onlyOpenAndClose));
  return judged;
}

/** Why the only thing at `path` was refused: one line. */
async function refusalOf(path: string): Promise<string> {
  const judged = await judgeAll(path);
  assert.equal(judged.length, 1);
  const [one] = judged;
  assert.ok(one !== undefined && isRefusal(one), "it was judged");
  assert.ok(one.refused.length < 500 && !one.refused.includes("\n"), `no clear line: ${one.refused}`);
  return one.refused;
}

function writeRun(folder: string, changed: Partial<Record<BundleFile, string | Uint8Array>> = {}): string {
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries({ ...FILES, ...changed })) writeFileSync(join(folder, name), content);
  return folder;
}

function writeArchive(t: TestContext, entries: readonly ZipEntry[]): string {
  const path = join(place(t), "handed-in.zip");
  writeFileSync(path, writeZip(entries));
  return path;
}

const ENTRIES: readonly ZipEntry[] = Object.entries(FILES).map(([name, content]) => ({ name: `run/${name}`, content }));
const withEntry = (name: string, entry: Partial<ZipEntry>): readonly ZipEntry[] =>
  ENTRIES.map((one) => (one.name === name ? { ...one, ...entry } : one));

test("an untouched run is judged the same from its folder, from an archive, and among a class", async (t) => {
  const folder = place(t);
  writeRun(join(folder, "class", "ada", "run"));
  writeFileSync(join(folder, "class", "bob.zip"), writeZip(ENTRIES));
  const judged = await judgeAll(join(folder, "class"), join(folder, "class", "bob.zip"));
  assert.equal(judged.length, 3);
  for (const one of judged) {
    assert.ok(!isRefusal(one), JSON.stringify(one));
    assert.deepEqual(one.complaints, []);
    assert.equal(one.exit, 0);
  }
});

test("an archive whose entry leads out of it is refused, and nothing is written", async (t) => {
  for (const name of [
    "../../evil/timeline.jsonl",
    "/etc/timeline.jsonl",
    "C:/timeline.jsonl",
    "run\\..\\..\\evil.jsonl",
  ]) {
    const path = writeArchive(t, [...ENTRIES, { name, content: "evil" }]);
    assert.match(
      await refusalOf(path),
      /refused: (absolute path|invalid relative path|invalid characters in fileName)/,
    );
    assert.deepEqual(readdirSync(join(path, "..")), ["handed-in.zip"]);
  }
});

test("an archive that inflates to more than a run can have is refused before or while it is inflated", async (t) => {
  const bomb = Buffer.alloc(80 * MEBIBYTE);
  const honest = writeArchive(t, withEntry("run/timeline.jsonl", { content: bomb }));
  assert.match(await refusalOf(honest), /timeline\.jsonl has 83886080 octets; at most 67108864 are read/);
  const lying = writeArchive(t, withEntry("run/timeline.jsonl", { content: bomb, claimedSize: 100 }));
  assert.match(await refusalOf(lying), /cannot be inflated: too many bytes in the stream. expected 100/);
});

test("links in an archive and in a folder are not followed", async (t) => {
  const path = writeArchive(t, withEntry("run/capture.pcapng", { content: "/etc/passwd", mode: 0o120777 }));
  assert.match(await refusalOf(path), /symbolic link/);
  const folder = writeRun(join(place(t), "run"));
  truncateSync(join(folder, "verdict.json"));
  const linked = join(place(t), "run");
  cpSync(folder, linked, { recursive: true, filter: (from) => !from.endsWith("timeline.jsonl") });
  symlinkSync(join(folder, "timeline.jsonl"), join(linked, "timeline.jsonl"));
  assert.match(await refusalOf(linked), /timeline\.jsonl is a symbolic link/);
  const around = place(t);
  symlinkSync(folder, join(around, "run"));
  assert.match(await refusalOf(around), /symbolic link/);
});

test("what is no archive, an archive without a run, and one with too much in it get a line each", async (t) => {
  const path = join(place(t), "x.zip");
  writeFileSync(path, "PK? no.");
  assert.match(await refusalOf(path), /not a zip archive/);
  assert.match(await refusalOf(writeArchive(t, [{ name: "homework.docx", content: "" }])), /holds no run/);
  const many = Array.from({ length: 2001 }, (_, index) => ({ name: `${index}`, content: "" }));
  assert.match(await refusalOf(writeArchive(t, many)), /2001 entries/);
  const twice = writeArchive(t, [...ENTRIES, { name: "run/timeline.jsonl", content: "" }]);
  assert.match(await refusalOf(twice), /timeline\.jsonl twice/);
  assert.match(await refusalOf(place(t)), /no run is in it/);
  assert.match(await refusalOf(join(place(t), "missing")), /no such folder/);
  const handedIn = join(place(t), "class");
  mkdirSync(join(handedIn, "eve", "holiday"), { recursive: true });
  assert.match(await refusalOf(handedIn), /no run is in it/);
});

test("a huge line, deep JSON, broken JSON, a wrong schema and wrong octets are refused with the line they stand in", async (t) => {
  const [first = "", ...rest] = FILES["timeline.jsonl"].toString().split("\n");
  const withFirst = (line: string) => [line, ...rest].join("\n");
  const deep = `{"id":"e1","type":"note","at":"1.000000000","topic":"run","text":"","data":{"x":${"[".repeat(100_000)}${"]".repeat(100_000)}}}`;
  const cases: readonly (readonly [string | Uint8Array, RegExp])[] = [
    [withFirst(first.replace("{", `{"x":"${"y".repeat(2 * MEBIBYTE)}",`)), /line 1: 20\d{5} octets, at most 1048576/],
    [withFirst(deep), /line 1: its values nest more than 24 deep/],
    [withFirst(first.slice(1)), /line 1: not JSON/],
    [withFirst(first.replace('"topic"', '"toopic"')), /line 1: .*(topic|expected string)/],
    [withFirst(first.replace('"lab":"open-and-close"', '"lab":7')), /line 1: data\.lab/],
    [
      withFirst(first.replace('"student":"ada.lovelace"', '"student":"<script>alert(1)</script>"')),
      /line 1: data\.student/,
    ],
    [
      withFirst(first.replace('"lab":"open-and-close"', '"lab":"../../evil"')),
      /lab "..\/..\/evil", which is not known here/,
    ],
    [Buffer.concat([Buffer.from([0xff]), FILES["timeline.jsonl"]]), /not UTF-8/],
    ["", /line 1: not JSON|does not begin/],
    [`{"__proto__":{"polluted":true},"id":"e1"}\n`, /line 1/],
  ];
  for (const [timeline, expected] of cases)
    assert.match(await refusalOf(writeRun(join(place(t), "run"), { "timeline.jsonl": timeline })), expected);
  assert.equal(({} as { polluted?: boolean }).polluted, undefined);
});

test("more segments of one connection than any lab sends are refused before they are held against each other", async (t) => {
  const lines = FILES["timeline.jsonl"].toString().trimEnd().split("\n");
  const data = lines.find((line) => /"type":"segment".*"length":[1-9]/.test(line));
  assert.ok(data !== undefined);
  const many = Array.from({ length: 10_000 }, (_, index) =>
    data.replace(/"id":"e\d+"/, `"id":"e${lines.length + 1 + index}"`),
  );
  const timeline = `${[...lines, ...many].join("\n")}\n`;
  const refusal = await refusalOf(writeRun(join(place(t), "run"), { "timeline.jsonl": timeline }));
  assert.match(refusal, /timeline\.jsonl, line \d+: more than 10000 segments of one end of a connection/);
});

test("a damaged capture is refused, a damaged verdict.json or environment.json complained about", async (t) => {
  const half = FILES["capture.pcapng"].subarray(0, 1000);
  assert.match(
    await refusalOf(writeRun(join(place(t), "run"), { "capture.pcapng": half })),
    /pcapng: reading a capture/,
  );
  assert.match(
    await refusalOf(writeRun(join(place(t), "run"), { "capture.pcapng": "no" })),
    /does not begin with a section/,
  );
  const deep = "[".repeat(1000);
  for (const name of ["verdict.json", "environment.json"] as const)
    for (const text of [deep, "no", "{}"]) {
      const [judged] = await judgeAll(writeRun(join(place(t), "run"), { [name]: text }));
      assert.ok(judged !== undefined && !isRefusal(judged));
      assert.equal(judged.exit, 1);
      assert.match(judged.complaints[0]?.text ?? "", new RegExp(name.replace(".", "\\.")));
    }
});

test("a missing part of the evidence is named; what is only derived may be missing", async (t) => {
  const folder = writeRun(join(place(t), "run"));
  const without = (name: string) => {
    const copy = join(place(t), "run");
    cpSync(folder, copy, { recursive: true, filter: (from) => !from.endsWith(name) });
    assert.ok(!existsSync(join(copy, name)));
    return copy;
  };
  assert.match(await refusalOf(without("capture.pcapng")), /capture\.pcapng is missing/);
  assert.match(await refusalOf(without("timeline.jsonl")), /timeline\.jsonl is missing/);
  const [judged] = await judgeAll(without("verdict.json"));
  assert.ok(judged !== undefined && !isRefusal(judged));
  assert.equal(judged.exit, 0);
});

test("one bad folder does not keep the rest from being judged", async (t) => {
  const folder = place(t);
  for (const name of ["a", "c"]) writeRun(join(folder, name));
  writeRun(join(folder, "b"), { "capture.pcapng": "no" });
  writeFileSync(join(folder, "d.zip"), "no");
  const judged = await judgeAll(folder);
  assert.deepEqual(judged.map(isRefusal), [false, true, false, true]);
});
