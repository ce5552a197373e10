import assert from "node:assert/strict";
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { runCommand, temporaryFolder } from "./testing/lab-process.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const HELP = "src/cli/help.ts";

/** A copy of the project whose sources may be changed, with a cache of its own. */
function copyOfProject(t: TestContext) {
  const folder = temporaryFolder();
  t.after(() => folder[Symbol.dispose]());
  for (const name of ["src", "labs", "package.json", "package-lock.json", "tsconfig.json"])
    cpSync(join(ROOT, name), join(folder.path, name), { recursive: true, preserveTimestamps: true });
  mkdirSync(join(folder.path, "node_modules"));
  for (const name of readdirSync(join(ROOT, "node_modules")))
    if (!name.startsWith(".")) symlinkSync(join(ROOT, "node_modules", name), join(folder.path, "node_modules", name));
  const cache = join(folder.path, "node_modules/.cache");
  return {
    cache,
    read: (path: string) => readFileSync(join(folder.path, path), "utf8"),
    makeFolder: (path: string) => mkdirSync(join(folder.path, path)),
    write: (path: string, text: string) => writeFileSync(join(folder.path, path), text),
    compilations: () => readdirSync(join(cache, "tcp-loopback-lab")).filter((name) => name !== "manifest.json"),
    run: (words: readonly string[], environment: NodeJS.ProcessEnv = {}) =>
      runCommand(process.execPath, [join(folder.path, "src/launch.mjs"), ...words], environment),
  };
}

test("the sources are compiled by the first command, and again when one of them changed", async (t) => {
  const project = copyOfProject(t);
  const first = await project.run(["--version"]);
  assert.deepEqual([first.status, first.stderr], [0, ""]);
  assert.equal(project.compilations().length, 1);
  assert.deepEqual(await project.run(["--version"]), first);
  assert.equal(project.compilations().length, 1, "nothing changed, and it was compiled again");

  const changed = project.read("src/cli/command-line.ts").replace('"print the version of this program"', '"tells it"');
  project.write("src/cli/command-line.ts", changed);
  const second = await project.run(["--help"]);
  assert.match(second.stdout, /--version +tells it/);
  assert.equal(project.compilations().length, 2, "the one before stays for runs that have begun");
});

test("a lab that is new among the labs is known at once", async (t) => {
  const project = copyOfProject(t);
  project.makeFolder("labs/another");
  await project.run(["--version"]);
  const another = project.read("labs/close/lab.ts").replace('id: "close"', 'id: "another"');
  project.write("labs/another/lab.ts", another.replaceAll("./claims/", "../close/claims/"));
  const { status, stdout, stderr } = await project.run(["judge", "--rubric-for", "another"]);
  assert.deepEqual([status, stderr], [0, ""]);
  assert.match(stdout, /"another"/);
});

test("what does not compile is told with its file and line; what cannot be kept is loaded as it stands", async (t) => {
  const project = copyOfProject(t);
  project.write("node_modules/.cache", "a file where the folder should be");
  const { status, stdout } = await project.run(["--version"]);
  assert.deepEqual([status, stdout], [0, (await project.run(["--version"], { TCP_LAB_UNCOMPILED: "1" })).stdout]);

  project.write(HELP, `${project.read(HELP)}\nconst = 1;\n`);
  const broken = await project.run(["--version"]);
  assert.equal(broken.status, 3);
  assert.match(broken.stderr, /help\.ts:\d+:\d+: ERROR/);
});
