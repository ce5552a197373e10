import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { runLabProcess, runProcess, temporaryFolder, whyNoNamespace } from "../../testing/lab-process.ts";

const skip = (await whyNoNamespace()) ?? false;
const NO_IPV6 = ["--sysctl", "net.ipv6.conf.all.disable_ipv6=1"];

const LAB = `import { lab, scene } from "tcp-loopback-lab";

const SYN_SENT = [
  {
    id: "syn-sent",
    claim: "The client is SYN_SENT.",
    source: "linux",
    cite: "a test",
    documented: { kind: "state", value: "SYN_SENT" },
    ask: { what: "state", end: "client", after: "client connect" },
  },
] as const;

const connecting = {
  mode: "stepped",
  claims: SYN_SENT,
  async play({ server, client, wire }) {
    await server.listen();
    await client.connect();
    await wire.drop("SYN");
  },
} as const;

export default lab({
  id: "two-families",
  question: "Is a client that waits for an answer SYN_SENT?",
  scenes: [
    scene({ ...connecting, id: "about-ecn", title: "It is about ECN.", sysctls: { "net.ipv4.tcp_ecn": "1" } }),
    scene({ ...connecting, id: "over-ipv6", title: "It is played over IPv6.", family: "ipv6" }),
  ],
});
`;

function labIn(folder: string): string {
  const file = join(folder, "two-families.ts");
  writeFileSync(file, LAB);
  return file;
}

test("what is asked for does not reach a scene that is about it, and every report says so", { skip }, async () => {
  using folder = temporaryFolder();
  const words = [labIn(folder.path), "--out", folder.path, "--sysctl", "net.ipv4.tcp_ecn=0"];
  const { status, stdout, stderr } = await runProcess(words);
  assert.equal(status, 0, stderr);
  const sentence =
    "net.ipv4.tcp_ecn = 0 was asked for. It did not reach about-ecn, which is about it and sets it to 1.";
  assert.ok(stdout.replace(/\s+/g, " ").includes(sentence), stdout);
  const [, report = ""] = /^report: +(\S+)/m.exec(stdout) ?? [];
  const [html, markdown] = [report, report.replace(".html", ".md")].map((file) => readFileSync(file, "utf8"));
  for (const text of [html, markdown]) assert.ok(text?.includes(sentence));
  assert.match(markdown ?? "", /over IPv6\. .*net\.ipv4\.tcp_ecn = 0/);
  assert.match(markdown ?? "", /about ECN\. .*tcp_ecn = 1, .*tcp_ecn = 0 was asked for and did not reach this scene/);
});

test("the judge holds what was asked for against what each scene says of it", { skip }, async () => {
  using folder = temporaryFolder();
  const words = ["--sysctl", "net.ipv4.tcp_sack=0"];
  const { verdict } = await runLabProcess("flags", folder.path, words);
  const run = join(folder.path, "flags", verdict.run.id);
  assert.equal((await runProcess(["judge", run])).status, 0);
  const file = join(run, "environment.json");
  writeFileSync(file, readFileSync(file, "utf8").replace('"net.ipv4.tcp_sack": "0"', '"net.ipv4.tcp_sack": "7"'));
  const { status, stdout } = await runProcess(["judge", run]);
  assert.equal(status, 1);
  assert.match(stdout, /environment: e\d+: long-write says neither that net\.ipv4\.tcp_sack = 7 reached it/);
});

test("without IPv6 a scene over it is unsupported, with the reason, and the others are played", { skip }, async () => {
  using folder = temporaryFolder();
  const { status, verdict } = await runLabProcess(labIn(folder.path), folder.path, NO_IPV6);
  assert.equal(status, 2);
  const claims = verdict.claims.filter(({ scene }) => scene === "over-ipv6");
  assert.ok(claims.length > 0);
  for (const { verdict: one, because } of claims) {
    assert.equal(one, "unsupported");
    assert.match(because.join(), /needs ipv6: bind to ::1: EADDRNOTAVAIL: .*disable_ipv6/);
  }
  assert.ok(verdict.claims.every(({ scene, verdict: one }) => scene === "over-ipv6" || one === "conforms"));
});

test("--ipv6 without IPv6 is refused with one sentence and status 3", { skip }, async () => {
  using folder = temporaryFolder();
  const { status, stdout, stderr } = await runProcess(["flags", "--ipv6", "--out", folder.path, ...NO_IPV6]);
  assert.equal(status, 3);
  assert.equal(stdout, "");
  assert.match(stderr, /^--ipv6: bind to ::1: EADDRNOTAVAIL: lo has no ::1: .*\n$/);
});

test("a kernel that asks for ECN opens connections all the same, and no claim takes its SYN for another segment", {
  skip,
}, async () => {
  using folder = temporaryFolder();
  const { status, verdict } = await runLabProcess("handshake", folder.path, ["--sysctl", "net.ipv4.tcp_ecn=1"]);
  assert.deepEqual(
    verdict.claims.filter(({ verdict: one, expected }) => one !== expected).map(({ id }) => id),
    [],
  );
  assert.equal(status, 0);
  const syn = verdict.claims.find(({ id }) => id === "handshake.documented-numbers.syn");
  assert.match(syn?.because.join() ?? "", /frame 1 is SYN ECE CWR as a whole/);
});
