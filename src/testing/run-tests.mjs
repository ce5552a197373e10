// Runs every *.test.ts below src and labs: Node 20's runner finds no .ts file by itself, and is content with none.

import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const TEST_FOLDERS = ["src", "labs"];
/** For one file; lab:timewait waits a minute for the kernel. */
const TIME_LIMIT_MS = 600_000;
const EXIT_FAILURE = 1;

const wanted = process.argv.slice(2);
const files = findTests().filter(isWanted);
if (files.length === 0) {
  const among = wanted.length === 0 ? TEST_FOLDERS.join(" and ") : wanted.join(", ");
  console.error(`run-tests: looking for *.test.ts in ${among}: none found`);
  process.exitCode = EXIT_FAILURE;
} else runTests();

function findTests() {
  return TEST_FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(".test.ts"))
      .map((entry) => relative(ROOT, join(entry.parentPath ?? entry.path, entry.name))),
  ).sort();
}

/** `npm test -- tcp close.test`: files whose path has one of these words in it. */
function isWanted(file) {
  return wanted.length === 0 || wanted.some((word) => file.includes(word.replace(/^\.\//, "")));
}

function runTests() {
  const options = [
    "--import",
    import.meta.resolve("../typescript.mjs"),
    "--test",
    `--test-concurrency=${Math.min(2, availableParallelism())}`,
    `--test-timeout=${TIME_LIMIT_MS}`,
    "--test-reporter=spec",
  ];
  const runner = spawn(process.execPath, [...options, ...files], { cwd: ROOT, stdio: ["inherit", "pipe", "inherit"] });
  let output = "";
  runner.stdout.on("data", (text) => {
    process.stdout.write(text);
    output += text;
  });
  runner.on("close", (status, signal) => {
    const complaint = signal === null ? complaintAbout(output) : `the runner was ended by ${signal}`;
    if (complaint !== undefined) console.error(`run-tests: ${complaint}`);
    process.exitCode = complaint === undefined ? (status ?? EXIT_FAILURE) : status || EXIT_FAILURE;
  });
}

/** What the runner is content with, and we are not. */
function complaintAbout(output) {
  const count = (name) => Number(new RegExp(`^\\S+ ${name} (\\d+)$`, "m").exec(output)?.[1] ?? 0);
  // Node 20 reports a file without a test as one passed test of the file's name.
  const empty = files.filter((file) => output.includes(`✔ ${join(ROOT, file)} (`));
  if (empty.length > 0) return `no test stands in ${empty.join(", ")}`;
  return count("pass") + count("fail") === 0 ? "no test ran" : undefined;
}
