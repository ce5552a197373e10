// Plays a few commands on the oldest Node that we support and on the current ones, and holds them against this Node: same exit status, nothing on stderr (a deprecation would stand there).

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const LAUNCHER = join(ROOT, "src/launch.mjs");
const EXAMPLE = join(ROOT, "results/example/close");
const LISTING = readFileSync(join(ROOT, "src/dialect/fixtures/captured/ss-debian-6.1.0/tanT.out"));
/** The first is package.json's "engines"; of the others the newest of each. */
const VERSIONS = ["20.6.0", "22", "24", "26"];
/** It has the binary in it, and no script that would fetch one. */
const PACKAGE = `node-linux-${process.arch}`;
const TIME_LIMIT_MS = 120_000;

const folder = mkdtempSync(join(tmpdir(), "tcp-lab-nodes-"));
try {
  process.exitCode = everyNode() ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function everyNode() {
  const own = join(folder, "own.ts");
  const made = run(process.execPath, ["init", own]);
  if (made.status !== 0) throw new Error(`init: status ${made.status}: ${made.stderr}`);
  const out = ["--quiet", "--out", join(folder, "results")];
  const commands = [
    ["handshake", ...out],
    ["close", ...out],
    [own, ...out],
    ["judge", EXAMPLE],
    ["judge", "--lab", own, EXAMPLE],
    ["inspect"],
  ];
  const here = commands.map((words) => run(process.execPath, words).status);
  const complaints = VERSIONS.flatMap((version) => {
    const node = fetchNode(version);
    return node === undefined ? [] : commands.flatMap((words, index) => complaintAbout(node, words, here[index]));
  });
  for (const complaint of complaints) console.error(complaint);
  return complaints.length === 0;
}

/** The path of a binary; undefined, and said, where the registry cannot be reached. */
function fetchNode(version) {
  const prefix = join(folder, version);
  const npm = ["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", prefix];
  const { status, stderr } = spawnSync("npm", [...npm, `${PACKAGE}@${version}`], { encoding: "utf8", cwd: folder });
  if (status === 0) return join(prefix, "node_modules", PACKAGE, "bin/node");
  console.log(`skipped: Node ${version}: npm cannot install ${PACKAGE}: ${stderr.trim().split("\n").at(-1)}`);
  return undefined;
}

function complaintAbout(node, words, expected) {
  const { status, stderr } = run(node, words);
  const [version] = spawnSync(node, ["--version"], { encoding: "utf8" }).stdout.split("\n");
  const told = `Node ${version}: ${basename(words[0])}${words.includes("--lab") ? " --lab" : ""}`;
  console.log(`${told}: status ${status}`);
  return status === expected && stderr === "" ? [] : [`${told}: status ${status}, not ${expected}: ${stderr}`];
}

function run(node, words) {
  return spawnSync(node, [LAUNCHER, ...words], {
    encoding: "utf8",
    input: words[0] === "inspect" ? LISTING : "",
    timeout: TIME_LIMIT_MS,
    env: { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH}` },
  });
}
