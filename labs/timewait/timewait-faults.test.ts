import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { runLabProcess, runProcess, temporaryFolder, whyNoNamespace } from "../../src/testing/lab-process.ts";
import { runOnMachine, usersFolder, whyNoSimulation } from "../../src/testing/simulated-machine.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const OLDER_KERNEL = new URL("../../src/testing/older-kernel.mjs", import.meta.url);
const READ_ONLY_SYSCTLS = { asRoot: "mount --bind /proc/sys /proc/sys; mount -o remount,bind,ro /proc/sys" };
const reason = (await whyNoNamespace()) ?? false;
const noSimulation = whyNoSimulation() ?? reason;

/** A lab of a few of lab:timewait's scenes, in a file of its own. */
function someScenes(folder: string, file: string, name: string, ids: readonly string[]): string {
  const path = join(folder, "some.ts");
  writeFileSync(
    path,
    `import { lab } from "tcp-loopback-lab";
import { ${name} } from ${JSON.stringify(join(ROOT, "labs/timewait/scenes", file))};

const scenes = ${name}.filter(({ id }) => ${JSON.stringify(ids)}.includes(id));
export default lab({ id: "some", question: "What is left of it here?", scenes });
`,
  );
  return path;
}

test("a kernel without tcp_tw_reuse_delay shows what is left, and says what it lacks", { skip: reason }, async () => {
  using out = temporaryFolder();
  const lab = someScenes(out.path, "ports.ts", "PORTS", ["reuse-delay", "recycle"]);
  const { status, stdout } = await runProcess([lab, "--json", "--out", out.path], {
    NODE_OPTIONS: `--import=${OLDER_KERNEL}`,
  });
  assert.equal(status, 2, stdout);
  const { claims, summary } = JSON.parse(stdout);
  assert.deepEqual([summary.unsupported, summary.surprises, claims.length], [2, 0, 4]);
  const unsupported = claims.filter(({ verdict }: { verdict: string }) => verdict === "unsupported");
  for (const { id, because } of unsupported) {
    assert.match(id, /^some\.reuse-delay\./);
    assert.match(because.join(), /this kernel has no net\.ipv4\.tcp_tw_reuse_delay/);
  }
});

for (const [ends, told] of [
  ["nothing", /on a TIME_WAIT: EOPNOTSUPP; on a listener: EOPNOTSUPP: .* without CONFIG_INET_DIAG_DESTROY/],
  ["full sockets", /on a TIME_WAIT: EOPNOTSUPP; on a listener: done: .* came with Linux 6\.0 \(af9784d007d8\)/],
] as const)
  test(`a kernel whose SOCK_DESTROY ends ${ends} cannot show that ss -K ends it, and says why`, {
    skip: reason,
  }, async () => {
    using out = temporaryFolder();
    const lab = someScenes(out.path, "segments.ts", "SEGMENTS", ["destroyed"]);
    const { status, stdout } = await runProcess([lab, "--json", "--out", out.path], {
      NODE_OPTIONS: `--import=${OLDER_KERNEL}`,
      OLDER_KERNEL_ENDS: ends,
    });
    assert.equal(status, 2, stdout);
    const killed = JSON.parse(stdout).claims.find(({ ref }: { ref?: string }) => ref === "T28");
    assert.equal(killed.verdict, "unsupported");
    assert.match(killed.because.join(), told);
  });

test("this kernel shows both, so that the tests above hide something", { skip: reason }, async () => {
  using out = temporaryFolder();
  const lab = someScenes(out.path, "segments.ts", "SEGMENTS", ["destroyed"]);
  const { verdict } = await runLabProcess(lab, out.path);
  const killed = verdict.claims.find(({ ref }) => ref === "T28");
  assert.ok(killed?.verdict === "conforms" || killed?.because.join().includes("EOPNOTSUPP"), killed?.because.join());
});

test("where tcp_max_tw_buckets cannot be raised, a population above it is refused with the largest that fits", {
  skip: noSimulation,
}, async () => {
  using out = usersFolder();
  const words = ["timewait", "--population", "1000000", "--out", out.path];
  const { status, stderr } = await runOnMachine(READ_ONLY_SYSCTLS, words);
  assert.equal(status, 3);
  assert.match(stderr, /^population of 1000000: .*: the largest that fits is \d+: --population \d+$/m);
  assert.match(stderr, /tcp_max_tw_buckets is \d+ and cannot be raised here|MiB of memory are available/);
});

test("a population that memory does not allow is refused with the largest that fits", {
  skip: noSimulation,
}, async () => {
  using out = usersFolder();
  const meminfo = join(out.path, "meminfo");
  writeFileSync(meminfo, "MemTotal: 262144 kB\nMemAvailable:     131072 kB\nSlab: 1000 kB\n");
  const machine = { asRoot: `mount --bind ${meminfo} /proc/meminfo` };
  const words = ["timewait", "--population", "100000", "--out", out.path];
  const { status, stderr } = await runOnMachine(machine, words);
  assert.equal(status, 3);
  assert.match(stderr, /^population of 100000: 128 MiB of memory are available.*: the largest that fits is 98304: /m);
});

test("where sysctls cannot be written, the cost of TIME_WAIT is measured all the same", {
  skip: noSimulation,
}, async () => {
  using out = usersFolder();
  const lab = someScenes(out.path, "cost.ts", "COST", ["cost"]);
  const { status, stdout, stderr } = await runOnMachine(READ_ONLY_SYSCTLS, [lab, "--json", "--out", out.path]);
  assert.ok(status === 0 || status === 2, stderr); // on a very busy machine the weights may be too restless to tell
  const { claims, summary } = JSON.parse(stdout);
  assert.equal(summary.surprises, 0);
  assert.equal(claims.find(({ ref }: { ref?: string }) => ref === "T30").verdict, "conforms");
});

test("a population that ports or memory do not allow is refused before anything opens", async () => {
  using out = temporaryFolder();
  const { status, stdout, stderr } = await runProcess(["timewait", "--population", "12000001", "--out", out.path]);
  assert.equal(status, 3);
  assert.equal(stdout, "");
  assert.match(
    stderr,
    /^population of 12000001: 60000 ports of 200 addresses are all there are: the largest that fits is 12000000: --population 12000000$/m,
  );
});
