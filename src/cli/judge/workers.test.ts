import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { runCommand, runProcess, temporaryFolder } from "../../testing/lab-process.ts";
import { recordedFiles } from "../../testing/recorded-run.ts";

const LAB = new URL("../../testing/open-and-close.ts", import.meta.url).href;
const skip = availableParallelism() < 2 ? "one processor judges without threads" : false;

/** A lab file whose scenes, where a thread asks for them after its loadLab did, are the end of that thread: once. */
const deadlyLab = (mark: string, death: string) => `import { mkdirSync } from "node:fs";
import { isMainThread } from "node:worker_threads";
import lab from ${JSON.stringify(LAB)};

let asked = 0;
const isFirst = () => {
  try {
    mkdirSync(${JSON.stringify(mark)});
    return true;
  } catch {
    return false;
  }
};
export default {
  id: lab.id,
  question: lab.question,
  get scenes() {
    if (!isMainThread && asked++ > 0 && isFirst()) { ${death} }
    return lab.scenes;
  },
};
`;

/** MiB that a thread's heap grows to: to fill the usual gigabytes takes a minute. */
const SMALL = { NODE_OPTIONS: "--max-old-space-size=256" };

/** More than are judged before threads are begun. */
const RUNS = 36;

function classIn(folder: string): string {
  const files = Object.entries(recordedFiles());
  for (let run = 1; run <= RUNS; run++) {
    const own = join(folder, "class", `student-${run}`);
    mkdirSync(own, { recursive: true });
    for (const [name, content] of files) writeFileSync(join(own, name), content);
  }
  return join(folder, "class");
}

interface Told {
  readonly name: string;
  readonly exit: number;
  readonly refused?: string;
}

for (const [how, death, told] of [
  ["exits", "process.exit(7);", /^judging it was given up: its thread ended with status 7$/],
  [
    "is out of memory",
    "for (const all = []; ; ) all.push(new Array(1e6).fill({}));",
    /^judging it was given up: .*memory/,
  ],
] as const)
  test(`a thread that ${how} costs the run that it judged one line, and the rest are judged`, { skip }, async () => {
    using folder = temporaryFolder();
    const lab = join(folder.path, "deadly.ts");
    writeFileSync(lab, deadlyLab(join(folder.path, "died"), death));
    const { status, stdout, stderr } = await runProcess(["judge", "--json", "--lab", lab, classIn(folder.path)], SMALL);
    const runs: readonly Told[] = JSON.parse(stdout).runs;
    assert.equal(status, 3, stderr);
    assert.equal(new Set(runs.map(({ name }) => name)).size, RUNS);
    const refused = runs.flatMap((run) => run.refused ?? []);
    assert.equal(refused.length, 1, refused.join("\n"));
    assert.match(refused[0] ?? "", told);
    assert.ok(runs.every((run) => run.refused !== undefined || run.exit === 0));
  });

test("a thread that ends between two runs costs none of them", async () => {
  using folder = temporaryFolder();
  const lab = join(folder.path, "deadly.ts");
  writeFileSync(lab, deadlyLab(join(folder.path, "died"), "setTimeout(() => process.exit(7), 50);"));
  const script = `const { loader } = await import(${JSON.stringify(new URL("../../load.mjs", import.meta.url).href)});
    const load = await loader();
    const { JudgeWorkers } = await load("cli/judge/workers.ts");
    const { openLabLoader } = await load("cli/lab-loader.ts");
    const { recordedFiles } = await load("testing/recorded-run.ts");
    const threads = new JudgeWorkers(1, await openLabLoader(${JSON.stringify(lab)}), ${JSON.stringify(lab)});
    for (let run = 0; run < 3; run++) {
      const { judged } = await threads.judge({ name: "run", files: recordedFiles() });
      console.log(judged.refused ?? judged.exit);
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
    await threads[Symbol.asyncDispose]();`;
  const { stdout, stderr } = await runCommand(process.execPath, ["--input-type=module", "-e", script], {
    TCP_LAB_UNCOMPILED: "a lab of one's own",
  });
  assert.equal(stdout, "0\n0\n0\n", stderr);
});
