import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { isRefusal, judgeBundle } from "../../handed-in/judge-bundle.ts";
import { LAUNCHER, runCommand, temporaryFolder, whyNoNamespace } from "../../testing/lab-process.ts";
import { isGone } from "../../testing/processes.ts";
import { onlyOpenAndClose } from "../../testing/recorded-run.ts";
import type { VerdictDocument } from "../../verdict/document-schema.ts";
import { surprisesAmong } from "../../verdict/summary.ts";
import { pathOf } from "../../witness/tools.ts";

const LAB = fileURLToPath(new URL("../../testing/open-and-close.ts", import.meta.url));
/** More lines than the lab has steps. */
const TO_THE_END = "\n".repeat(200);
const TIME_LIMIT_MS = 60_000;
const skip = (await whyNoNamespace()) ?? false;
const whyNoSs = (): string | false => pathOf("ss") === undefined && "ss is not installed (Debian package iproute2)";

class Stepping {
  readonly child: ChildProcess;
  readonly folder: string;
  shown = "";
  readonly status: Promise<number | null>;

  constructor(t: TestContext, folder: string, lab = LAB) {
    this.folder = folder;
    const without = ["ss", "netstat", "tracepoint"].flatMap((witness) => ["--without", witness]); // faster
    const words = [LAUNCHER, lab, "--step", "--json", ...without, "--out", folder];
    this.child = spawn(process.execPath, words, {
      stdio: ["pipe", "ignore", "pipe"],
      timeout: TIME_LIMIT_MS,
      detached: true, // a group of its own, as a terminal gives it
    });
    t.after(() => {
      if (this.child.pid !== undefined && !isGone(this.child.pid)) process.kill(-this.child.pid, "SIGKILL");
    });
    this.child.stderr?.on("data", (text) => {
      this.shown += text;
    });
    this.status = new Promise((resolve) => this.child.once("close", resolve));
  }

  type(text: string): void {
    this.child.stdin?.write(text);
  }

  /** Waits until a text was shown. */
  async sees(text: string): Promise<void> {
    while (!this.shown.includes(text))
      await new Promise((resolve, reject) => {
        this.child.stderr?.once("data", resolve);
        this.child.once("close", () => reject(new Error(`"${text}" was not shown before the end: ${this.shown}`)));
      });
  }

  async ended() {
    const status = await this.status;
    const lab = join(this.folder, "open-and-close");
    const read = (name: string) => readFileSync(join(lab, readdirSync(lab)[0] ?? "", name));
    const files = {
      "timeline.jsonl": read("timeline.jsonl"),
      "capture.pcapng": read("capture.pcapng"),
      "verdict.json": read("verdict.json"),
    };
    const judged = await judgeBundle({ name: "stepped", files }, onlyOpenAndClose);
    assert.ok(!isRefusal(judged), "the run can be judged");
    assert.deepEqual(judged.complaints, []);
    return { status, verdict: judged.verdict, report: String(read("report.md")) };
  }
}

function assertNoSurprise({ claims }: VerdictDocument): void {
  assert.deepEqual(
    surprisesAmong(claims).map(({ id, verdict, because }) => `${id}: ${verdict}: ${because.join("; ")}`),
    [],
  );
}

test("Enter at every step plays the lab as it stands, and the ladder grows", { skip }, async (t) => {
  using folder = temporaryFolder();
  const stepping = new Stepping(t, folder.path);
  stepping.type(TO_THE_END);
  const { verdict } = await stepping.ended();
  assertNoSurprise(verdict);
  assert.deepEqual(
    verdict.claims.filter((claim) => claim.verdict === "unwitnessed").map(({ id }) => id),
    [],
  );
  assert.match(stepping.shown, /next: deliver SYN \(held: client SYN seq=\d+\)/);
  assert.match(stepping.shown, /─ SYN seq=\d+ ─+▶/);
  assert.match(stepping.shown, /ESTABLISHED +The wire hands on the client's ACK .* ESTABLISHED/);
  assert.match(stepping.shown, /procfs, server: /);
});

test("the command that is printed shows the scene's sockets, and no others", { skip: skip || whyNoSs() }, async (t) => {
  using folder = temporaryFolder();
  const stepping = new Stepping(t, folder.path);
  stepping.type("\n\n"); // listen, connect
  await stepping.sees("next: deliver SYN");
  const [command] = /nsenter .* ss -tan/.exec(stepping.shown) ?? assert.fail("no command is printed");
  const { stdout } = await runCommand("sh", ["-c", command]);
  assert.deepEqual(stdout.match(/^\S+/gm), ["State", "LISTEN", "SYN-SENT"]);
  stepping.type("q\n");
  await stepping.status;
});

test("a segment that a person drops is lost, and no claim is decided by what follows", { skip }, async (t) => {
  using folder = temporaryFolder();
  const stepping = new Stepping(t, folder.path);
  stepping.type(`\n\ns\nd\n${TO_THE_END}`); // listen, connect; the SYN is looked at, and lost
  const { status, verdict, report } = await stepping.ended();
  assert.match(stepping.shown, /options mss 65495/);
  assert.match(stepping.shown, /─ SYN seq=\d+ ─+✗/);
  assert.match(report, /a person chose "drop SYN" instead of "deliver SYN"/);
  assertNoSurprise(verdict);
  const [first] = verdict.scenes;
  const own = verdict.claims.filter(({ scene }) => scene === first?.id);
  assert.ok(own.some((claim) => claim.verdict === "conforms"));
  assert.ok(own.some((claim) => claim.verdict === "unwitnessed"));
  assert.ok(own.every((claim) => claim.verdict === "conforms" || claim.verdict === "unwitnessed"));
  assert.equal(status, 2);
});

test("a segment may be handed on twice", { skip }, async (t) => {
  using folder = temporaryFolder();
  const stepping = new Stepping(t, folder.path);
  stepping.type(`\n\n2\n${TO_THE_END}`);
  const { status, verdict } = await stepping.ended();
  assert.match(stepping.shown, /The wire hands on the client's SYN .* twice/);
  assertNoSurprise(verdict);
  assert.equal(status, 2);
});

const WAYS_OUT = {
  q: (stepping: Stepping) => stepping.type("q\n"),
  "the end of the input": (stepping: Stepping) => stepping.child.stdin?.end(),
  "Ctrl-C": ({ child: { pid = 0 } }: Stepping) => process.kill(-pid, "SIGINT"),
  SIGTERM: (stepping: Stepping) => stepping.child.kill("SIGTERM"),
} as const;

for (const [name, leave] of Object.entries(WAYS_OUT))
  test(`${name} leaves an honest, partial report`, { skip }, async (t) => {
    using folder = temporaryFolder();
    const stepping = new Stepping(t, folder.path);
    stepping.type("\n\n");
    await stepping.sees("next: deliver SYN");
    const left = performance.now();
    leave(stepping);
    const { status, verdict, report } = await stepping.ended();
    assert.equal(status, 2);
    assert.ok(performance.now() - left < TIME_LIMIT_MS / 2, "it was left by this, not by the time limit");
    assert.match(report, /interrupted/);
    assert.ok(verdict.claims.some((claim) => claim.verdict === "conforms"));
    assert.ok(verdict.claims.some((claim) => claim.verdict === "unwitnessed"));
    assertNoSurprise(verdict);
  });

test("who thinks for longer than the kernel waits gets the same verdicts, repeats and all", { skip }, async (t) => {
  using folder = temporaryFolder();
  const stepping = new Stepping(t, folder.path);
  stepping.type("\n\n");
  await stepping.sees("next: deliver SYN");
  await new Promise((resolve) => setTimeout(resolve, 1500)); // TCP_TIMEOUT_INIT is 1 s: the SYN is sent again
  stepping.type(TO_THE_END);
  const { verdict, report } = await stepping.ended();
  assert.match(report, /repeats frame 1/);
  assertNoSurprise(verdict);
  assert.ok(verdict.claims.every((claim) => claim.verdict !== "unwitnessed"));
});

const SWIFT_LAB = `import { lab, scene } from "tcp-loopback-lab";

export default lab({
  id: "swift",
  question: "Who is not waited for?",
  scenes: [
    scene({
      id: "swift",
      title: "A SYN is lost.",
      mode: "stepped",
      mayNotPause: true,
      async play({ client, server, wire }) {
        await server.listen();
        await client.connect();
        await wire.drop("SYN");
      },
    }),
  ],
});
`;

test("a scene that the kernel's timers would spoil is shown, and nobody is asked", { skip }, async (t) => {
  using folder = temporaryFolder();
  const lab = join(folder.path, "swift.ts");
  writeFileSync(lab, SWIFT_LAB);
  const stepping = new Stepping(t, folder.path, lab);
  stepping.child.stdin?.end();
  assert.equal(await stepping.status, 0);
  assert.match(stepping.shown, /goes on by itself/);
  assert.match(stepping.shown, /The wire loses the client's SYN/);
});
