import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { LAUNCHER, runCommand, runProcess, temporaryFolder } from "../testing/lab-process.ts";
import { makePath, runOnMachine, usersFolder, whereIs, whyNoSimulation } from "../testing/simulated-machine.ts";
import { pathOf } from "../witness/tools.ts";

const skip = whyNoSimulation() ?? false;

/** One scene whose state claim ss, netstat, procfs and sock-diag are asked about. */
const TINY_LAB = `import { lab, scene } from "tcp-loopback-lab";

export default lab({
  id: "tiny",
  question: "Is a client that waits for an answer SYN_SENT?",
  scenes: [
    scene({
      id: "waits",
      title: "The SYN is held.",
      mode: "stepped",
      claims: [
        {
          id: "syn-sent",
          claim: "The client is SYN_SENT.",
          source: "linux",
          cite: "a test",
          documented: { kind: "state", value: "SYN_SENT" },
          ask: { what: "state", end: "client", after: "client connect" },
        },
      ],
      async play({ server, client, wire }) {
        await server.listen();
        await client.connect();
        await wire.drop("SYN");
      },
    }),
  ],
});
`;

function tinyLab(folder: string): string {
  const file = join(folder, "tiny.ts");
  writeFileSync(file, TINY_LAB);
  return file;
}

/** One sentence and no stack. */
function assertClear(stderr: string, sentence: RegExp): void {
  assert.match(stderr, sentence);
  assert.ok(stderr.trim().split("\n").length <= 2, stderr);
  assert.doesNotMatch(stderr, /^\s+at /m);
}

for (const [words, sentence] of [
  [["handshak"], /lab: "handshak": no such lab: did you mean "handshake"\?/],
  [["handshake", "--jsno"], /unknown option '--jsno'[\s\S]*--json/],
  [["handshake", "--without", "netsat"], /did you mean "netstat"\?/],
  [["./no-such-lab.ts"], /no such file/],
  [["handshake", "--without", "wire"], /a run rests on wire/],
  [["handshake", "--out", "/proc/nowhere"], /^results: writing to .*: E\w+: choose another folder with --out DIR\n$/],
  [["all", "--out", "/proc/nowhere"], /^results: writing to .*: E\w+: choose another folder with --out DIR\n$/],
  [["all", "--step"], /--step is for one lab: npm run lab -- <lab> --step/],
  [["handshake", "--sysctl", "tcp_ecn"], /must be like net\.ipv4\.tcp_ecn=1/],
  [["handshake", "--sysctl", "net.ipv4.fwmark_reflect=1"], /would bear the lab's own mark/],
  [["handshake", "--student", "a b"], /must be 1 to 64 letters/],
  [["bench", "strat"], /did you mean "start"\?/],
] as const)
  test(`"${words.join(" ")}" is refused with one sentence and status 3`, async () => {
    const { status, stdout, stderr } = await runProcess(words);
    assert.equal(status, 3, stderr);
    assert.equal(stdout, "");
    assertClear(stderr, sentence);
  });

test("a --out that cannot be a folder is refused before anything is played", async () => {
  using folder = temporaryFolder();
  writeFileSync(join(folder.path, "file"), "");
  const { status, stderr } = await runProcess([tinyLab(folder.path), "--out", join(folder.path, "file")]);
  assert.equal(status, 3);
  assertClear(stderr, /results: writing to .*: E\w+: choose another folder with --out DIR/);
});

test("a --out that may not be written is refused likewise", { skip }, async () => {
  using folder = usersFolder();
  const out = join(folder.path, "out");
  mkdirSync(out);
  const asRoot = `mount -t tmpfs -o ro none ${out}`;
  const { status, stderr } = await runOnMachine({ asRoot }, [tinyLab(folder.path), "--out", out]);
  assert.equal(status, 3, stderr);
  assertClear(stderr, /results: writing to .*: EROFS: choose another folder with --out DIR/);
});

test("a disk that is full while the run is written leaves nothing half-written", { skip }, async () => {
  using folder = usersFolder();
  const out = join(folder.path, "out");
  mkdirSync(out);
  const asRoot = `mount -t tmpfs -o size=12k none ${out}`;
  const asUser = "trap : EXIT";
  const listed = `${whereIs("sh")} -c '"$@"; status=$?; ls -A ${out}/tiny >&2; exit $status' sh`;
  const { status, stderr } = await runOnMachine({ asRoot, asUser: `${asUser}\nset -- ${listed} "$@"` }, [
    tinyLab(folder.path),
    "--out",
    out,
  ]);
  assert.equal(status, 3, stderr);
  assertClear(stderr, /^results: writing .*: ENOSPC: make room or choose another folder with --out DIR\n$/);
});

test("a host without a free port is told so", {
  skip: skip || (whereIs("ip") === "" ? "ip is not installed" : false),
}, async () => {
  using folder = usersFolder();
  const lab = join(folder.path, "tiny.ts");
  writeFileSync(
    lab,
    TINY_LAB.replace('"stepped"', '"free"').replace('await wire.drop("SYN");', "").replace(", wire }", " }"),
  );
  const net = "ip link set lo up; echo 40000 40000 > /proc/sys/net/ipv4/ip_local_port_range";
  const asRoot = `set -- unshare --net sh -ec '${net}; exec "$@"' sh "$@"`;
  const { status, stderr } = await runOnMachine({ asRoot }, [lab, "--host", "--out", join(folder.path, "out")]);
  assert.equal(status, 3, stderr);
  assertClear(stderr, /ports: asking for a free one on 127\.0\.0\.1: EADDRINUSE: end programs that hold ports/);
});

/** From what not even Node's loader can do with to what is nearly enough: which file is one too many differs from run to run. */
for (const limit of [24, 32, 44, 56])
  test(`where ${limit} files may be open at once, that is told, and is no surprise of the kernel's`, {
    skip: whereIs("prlimit") === "" ? "prlimit is not installed (Debian package util-linux)" : false,
  }, async () => {
    const limited = [`--nofile=${limit}:${limit}`, process.execPath, LAUNCHER, "doctor"];
    const { status, stderr } = await runCommand("prlimit", limited);
    const isEnough = status === 0 && limit > 24;
    if (!isEnough) {
      assert.equal(status, 3, stderr);
      assert.match(stderr, /enough files open at once: raise the limit \(ulimit -n 1024/);
    }
  });

const BROKEN_SS = {
  "prints what nobody can read": { program: "echo hello, no sockets today", told: /ss: .*hello/ },
  "dies with a complaint": { program: "echo boom >&2; exit 7", told: /ss: ran "ss -\w+": exit status 7: boom/ },
  "is killed": { program: "kill -SEGV $$", told: /ss: ran "ss -\w+": ended by SIGSEGV/ },
  "sees nothing": { program: "exit 0", told: /ss: looking for a socket that listens .*: it is not in the list/ },
  "looks into another network namespace": {
    program: `exec ${whereIs("unshare")} --user --map-root-user --net ${pathOf("ss") ?? "true"} "$@"`,
    told: /ss: looking for a socket that listens .*: these are the sockets of another network namespace/,
  },
  hangs: {
    program: "exec sleep 60",
    told: /ss: ran "ss -\w+": no answer within \d+ ms \(not asked again in this run\)/,
  },
} as const;

for (const [how, { program, told }] of Object.entries(BROKEN_SS))
  test(`the lab goes on without an ss that ${how}, and tells its words`, { skip }, async () => {
    using folder = usersFolder();
    const PATH = `${makePath(folder.path, { ss: program })}:${process.env.PATH}`;
    const words = [tinyLab(folder.path), "--json", "--out", join(folder.path, "out")];
    const { status, stdout, stderr } = await runOnMachine({}, words, { PATH });
    assert.equal(status, 0, stderr);
    const { claims, run } = JSON.parse(stdout);
    assert.ok(!claims[0].witnesses.includes("ss"));
    const timeline = readFileSync(join(folder.path, "out", "tiny", run.id, "timeline.jsonl"), "utf8");
    const notes = timeline.split("\n").filter((line) => line.includes('"witness-fault"'));
    assert.equal(notes.length, 1);
    assert.match(JSON.parse(notes[0] ?? "").text, told);
  });

test("without ss and netstat the lab goes on, and the environment tells their packages", { skip }, async () => {
  using folder = usersFolder();
  const hide = ["ss", "netstat"].map(
    (tool) => `for f in $(command -v ${tool}); do mount --bind /etc/passwd "$f"; done`,
  );
  const words = [tinyLab(folder.path), "--json", "--out", join(folder.path, "out")];
  const { status, stdout, stderr } = await runOnMachine(
    { asRoot: `PATH=$PATH:/usr/sbin:/sbin; ${hide.join("; ")}` },
    words,
  );
  assert.equal(status, 0, stderr);
  const { run } = JSON.parse(stdout);
  const environment = readFileSync(join(folder.path, "out", "tiny", run.id, "environment.json"), "utf8");
  const { absentWitnesses } = JSON.parse(environment);
  assert.match(absentWitnesses.ss, /apt-get install iproute2/);
  assert.match(absentWitnesses.netstat, /apt-get install net-tools/);
});

test("a Node that is too old gets one line and status 3", async () => {
  using folder = temporaryFolder();
  const patch = join(folder.path, "older.cjs");
  writeFileSync(patch, 'Object.defineProperty(process.versions, "node", { value: "20.5.1" });');
  const { status, stdout, stderr } = await runCommand(process.execPath, ["--require", patch, LAUNCHER, "handshake"]);
  assert.equal(status, 3);
  assert.equal(stdout, "");
  assert.match(stderr, /^tcp-loopback-lab: needs Node 20\.6\.0 or later, .*nodejs\.org\n$/);
});
