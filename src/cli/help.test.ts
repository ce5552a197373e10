import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { runProcess } from "../testing/lab-process.ts";
import { COMMANDS } from "./commands.mjs";
import { labNames } from "./find-lab.ts";

const PACKAGE = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));

for (const words of [["--help"], ["handshake", "--help"], ["-h"]])
  test(`"${words.join(" ")}" teaches every lab, the options in groups, examples and the exit status, in 80 columns`, async () => {
    const { status, stdout, stderr } = await runProcess(words);
    assert.equal(status, 0);
    assert.equal(stderr, "");
    for (const name of labNames()) assert.ok(stdout.includes(name), `${name} is not named`);
    for (const group of ["How it is played:", "On which machine", "What comes out:", "Examples:", "Exit status: 0"])
      assert.ok(stdout.includes(group), group);
    for (const option of [
      "--step",
      "--sysctl <k=v>",
      "--as-host",
      "--without <witness>",
      "--quiet",
      "--json",
      "--student",
    ])
      assert.ok(stdout.includes(option), option);
    const long = stdout.split("\n").filter((line) => line.length > 80);
    assert.deepEqual(long, []);
  });

test("judge --help fits 80 columns, too", async () => {
  const { status, stdout } = await runProcess(["judge", "--help"]);
  assert.equal(status, 0);
  assert.deepEqual(
    stdout.split("\n").filter((line) => line.length > 80),
    [],
  );
});

test("--version prints the package's version alone", async () => {
  assert.deepEqual(await runProcess(["--version"]), { status: 0, stdout: `${PACKAGE.version}\n`, stderr: "" });
});

test("without a lab all are listed with their questions, and the status says that none was selected", async () => {
  const { status, stdout } = await runProcess([]);
  assert.equal(status, 3);
  for (const name of labNames()) assert.match(stdout, new RegExp(`^  ${name} +[A-Z].*\\?$`, "m"));
});

test("the launcher's commands are those of --help, and of the scripts in package.json every one starts a command or a lab", async () => {
  const { stdout } = await runProcess(["--help"]);
  const [, commands = ""] = /^Commands:\n((?: .*\n)+)/m.exec(stdout) ?? [];
  const told = [...commands.matchAll(/^ {2}([a-z]+)/gm)].map(([, name]) => name);
  assert.deepEqual(["run", ...told], [...Object.keys(COMMANDS), "help"]);

  const starts = (word: string) => `node src/launch.mjs ${word}`.trim();
  const ofCommands = Object.entries(COMMANDS).flatMap(([name, { script }]) =>
    // A lab is named behind this one.
    script === null ? [] : [[script, starts(name === "run" ? "" : name)]],
  );
  const ofLabs = labNames().map((name) => [`lab:${name}`, starts(name)]);
  const scripts = Object.entries<string>(PACKAGE.scripts).filter(([, line]) => line.includes("launch.mjs"));
  assert.deepEqual(scripts.sort(), [...ofCommands, ...ofLabs].sort());
});
