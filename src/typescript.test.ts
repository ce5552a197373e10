import assert from "node:assert/strict";
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { BEGINNINGS } from "./load.mjs";
import { runCommand, runProcess, temporaryFolder } from "./testing/lab-process.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const EXAMPLE = join(ROOT, "results/example/handshake");
const OWN_LAB =
  'import { lab } from "tcp-loopback-lab";\nexport default lab({ id: "own", question: "?", scenes: [] });\n';

/**
 * A temporary folder in which somebody has put, for every source that the ways below load, an entry into tsx's cache that
 * leaves a trace when it runs. The entries are tsx's own, made by tsx as it is without us.
 */
async function plantedCache(t: TestContext) {
  const folder = temporaryFolder();
  t.after(() => folder[Symbol.dispose]());
  const [own, trace] = [join(folder.path, "own.ts"), join(folder.path, "ran")];
  writeFileSync(own, OWN_LAB);
  const plainTsx = (environment: NodeJS.ProcessEnv) => {
    const imports = Object.values(BEGINNINGS).map(
      (path) => `await import(${JSON.stringify(join(ROOT, "src", path))});`,
    );
    const words = ["--import", import.meta.resolve("tsx"), "--input-type=module", "-e", imports.join("")];
    return runCommand(process.execPath, words, {
      TMPDIR: folder.path,
      TSX_DISABLE_CACHE: "",
      TSX_TSCONFIG_PATH: join(ROOT, "tsconfig.json"),
      ...environment,
    });
  };
  assert.equal((await plainTsx({})).status, 0);
  const cache = join(folder.path, `tsx-${process.geteuid?.()}`);
  const line = `await (await import("node:fs/promises")).writeFile(${JSON.stringify(trace)}, "");`;
  for (const name of readdirSync(cache)) {
    const entry = JSON.parse(readFileSync(join(cache, name), "utf8")) as { code: string };
    writeFileSync(join(cache, name), JSON.stringify({ ...entry, code: `${line}${entry.code}` }));
  }
  chmodSync(cache, 0o777);
  return { folder: folder.path, own, plainTsx, hasRun: () => existsSync(trace) };
}

test("nothing of ours runs code that lies in tsx's cache in the temporary folder", async (t) => {
  const planted = await plantedCache(t);
  const environment = { TMPDIR: planted.folder, TSX_DISABLE_CACHE: "" };
  const ways: readonly (readonly [string, readonly string[], NodeJS.ProcessEnv])[] = [
    ["a lab of one's own", [planted.own, "--quiet", "--out", join(planted.folder, "results")], {}],
    ["judge --lab", ["judge", "--lab", planted.own, EXAMPLE], {}],
    ["sources as they are", ["judge", EXAMPLE], { TCP_LAB_UNCOMPILED: "1" }],
  ];
  for (const [way, words, more] of ways) {
    const { stderr } = await runProcess(words, { ...environment, ...more });
    assert.ok(!planted.hasRun(), `${way} ran it: ${stderr}`);
  }
  const runner = join(ROOT, "src/testing/run-tests.mjs");
  const tests = await runCommand(process.execPath, [runner, "src/cli/help.test.ts"], environment);
  assert.ok(!planted.hasRun(), `npm test ran it: ${tests.stderr}`);
  await planted.plainTsx({});
  assert.ok(planted.hasRun(), "the planted code does not run in plain tsx either: this test shows nothing");
});

test("only one file asks for tsx", () => {
  const sources = readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" }).filter((path) =>
    /\.(ts|mjs)$/.test(path),
  );
  const asking = sources.filter((path) => /["']tsx(\/|["'])/.test(readFileSync(join(ROOT, "src", path), "utf8")));
  assert.deepEqual(asking.sort(), ["compile.mjs", "typescript.mjs", "typescript.test.ts"]);
  assert.doesNotMatch(readFileSync(join(ROOT, "package.json"), "utf8"), /--import tsx/);
});
