import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { runProcess, temporaryFolder, whyNoNamespace } from "../../testing/lab-process.ts";
import { runUnderSeccomp, usersFolder, whyNoSimulation } from "../../testing/simulated-machine.ts";
import type { VerdictDocument } from "../../verdict/document-schema.ts";

const skip = (await whyNoNamespace()) ?? false;

/** A free scene with claims on one segment that is seen, on one that is not, and on a state at the end. */
const labOf = (id: string, play: string): string => `import { lab, scene } from "tcp-loopback-lab";

const linux = { source: "linux", cite: "a test" } as const;

export default lab({
  id: "${id}",
  question: "What is said when a part of the machine fails?",
  scenes: [
    scene({
      id: "scene",
      title: "Two ends on node:net.",
      mode: "free",
      claims: [
        {
          id: "seen", claim: "The SYN has no ACK.", ...linux, documented: { kind: "number", value: 0 },
          ask: { what: "number", of: { pick: { end: "client", flags: "SYN" }, field: "ACK" } },
        },
        {
          id: "absent", claim: "Nobody resets.", ...linux, documented: { kind: "number", value: 0 },
          ask: { what: "count", pick: { having: "RST" } },
        },
        {
          id: "later", claim: "The client has closed.", ...linux, documented: { kind: "state", value: "TIME_WAIT" },
          ask: { what: "state", end: "client", after: "server close" },
        },
      ],
      async play({ client, server }) {
        ${play}
      },
    }),
  ],
});
`;

async function play(id: string, steps: string, environment: NodeJS.ProcessEnv = {}) {
  using folder = temporaryFolder();
  const lab = join(folder.path, `${id}.ts`);
  writeFileSync(lab, labOf(id, steps));
  const { status, stdout, stderr } = await runProcess([lab, "--json", "--out", join(folder.path, "out")], environment);
  assert.ok(status !== null && status < 3, stderr);
  const verdict: VerdictDocument = JSON.parse(stdout);
  return { status, of: (claim: string) => verdict.claims.find((one) => one.id === `${id}.scene.${claim}`) };
}

test("a tape with drops shows what it holds, and proves no absence", { skip }, async () => {
  const octets = 1 << 23; // twice what the ring holds
  const steps = `await server.listen(); await client.connect(); await server.accept();
    await client.send(${octets}); await server.receive(${octets}); await client.close(); await server.close();`;
  const { status, of } = await play("drops", steps);
  assert.equal(of("seen")?.verdict, "conforms");
  assert.equal(of("absent")?.verdict, "unwitnessed");
  assert.match(of("absent")?.because.join() ?? "", /the tape may not hold every segment/);
  assert.equal(of("later")?.verdict, "conforms");
  assert.equal(status, 2);
});

test("a program that dies in the middle ends the scene: what was to come is unwitnessed, with the reason", {
  skip,
}, async () => {
  using folder = temporaryFolder();
  const deadly = join(folder.path, "deadly.cjs");
  // In the program alone, which is given to Node as text: it dies where it would have exited.
  writeFileSync(deadly, 'if (process._eval) process.exit = () => process.kill(process.pid, "SIGKILL");');
  const steps = "await server.listen(); await client.runProgram(); await server.accept(); await server.close();";
  const { status, of } = await play("dead", steps, { NODE_OPTIONS: `--require ${deadly}` });
  assert.equal(of("seen")?.verdict, "conforms");
  assert.equal(of("later")?.verdict, "unwitnessed");
  assert.equal(of("absent")?.verdict, "unwitnessed");
  assert.match(of("absent")?.because.join() ?? "", /the client's program was ended by SIGKILL/);
  assert.equal(status, 2);
});

test("a gate that is refused: what holds segments is unsupported, and says which call was refused", {
  skip: whyNoSimulation() ?? false,
}, async () => {
  using folder = usersFolder();
  const { status, stdout, stderr } = await runUnderSeccomp("attach-filter", [
    "handshake",
    "--json",
    "--out",
    folder.path,
  ]);
  assert.equal(status, 2, stderr);
  const verdict: VerdictDocument = JSON.parse(stdout);
  assert.ok(verdict.capabilities.includes("namespace"));
  assert.ok(!verdict.capabilities.includes("hold"));
  const stepped = verdict.claims.filter(({ scene }) => scene === "documented-numbers");
  assert.ok(stepped.length > 0);
  assert.ok(stepped.every((claim) => claim.verdict === "unsupported"));
  assert.ok(stepped.every(({ because }) => /needs hold: .*SO_ATTACH_FILTER.*EPERM/.test(because.join())));
  assert.equal(verdict.summary.contradicts, 0);
});
