import assert from "node:assert/strict";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { runCommand, runLabProcess, runProcess, temporaryFolder, whyNoNamespace } from "../testing/lab-process.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const LINES = 30;

/** Writes a lab into a folder outside of the project. */
async function initIn(folder: string): Promise<string> {
  const lab = join(folder, "my-lab.ts");
  const { status, stdout, stderr } = await runProcess(["init", lab]);
  assert.equal(status, 0, stderr);
  assert.match(stdout, /Run it: npm run lab -- .*my-lab\.ts\n$/);
  return lab;
}

test("a lab of one's own is short, runs as it was written, and shows what it claims", {
  skip: (await whyNoNamespace()) ?? false,
}, async () => {
  using folder = temporaryFolder();
  const lab = await initIn(folder.path);
  const text = readFileSync(lab, "utf8");
  assert.ok(text.trimEnd().split("\n").length <= LINES);
  assert.match(text, /from "tcp-loopback-lab"/);
  const { status, verdict } = await runLabProcess(lab, join(folder.path, "out"));
  assert.equal(status, 0);
  assert.ok(verdict.claims.every((claim) => claim.verdict === "conforms"));
});

test("who has the package gets the types with it: a lab that is right checks, a verb that is misspelled does not", async () => {
  using folder = temporaryFolder();
  const lab = await initIn(folder.path);
  mkdirSync(join(folder.path, "node_modules"));
  symlinkSync(ROOT, join(folder.path, "node_modules", "tcp-loopback-lab"));
  symlinkSync(join(ROOT, "node_modules", "@types"), join(folder.path, "node_modules", "@types"));
  writeFileSync(join(folder.path, "package.json"), JSON.stringify({ type: "module" }));
  const settings = { extends: "tcp-loopback-lab/tsconfig.json", include: ["my-lab.ts"] };
  writeFileSync(join(folder.path, "tsconfig.json"), JSON.stringify(settings));
  const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  const check = () => runCommand(process.execPath, [tsc, "-p", folder.path]);
  const right = await check();
  assert.equal(right.status, 0, right.stdout);
  writeFileSync(lab, readFileSync(lab, "utf8").replace('wire.drop("SYN")', 'wire.dorp("SYN")'));
  const wrong = await check();
  assert.notEqual(wrong.status, 0);
  assert.match(wrong.stdout, /my-lab\.ts.*'dorp' does not exist/);
});

test("what is there is not written over", async () => {
  using folder = temporaryFolder();
  const lab = await initIn(folder.path);
  const { status, stderr } = await runProcess(["init", lab]);
  assert.equal(status, 3);
  assert.match(stderr, /it exists: choose another name/);
});
