import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { runLabProcess, temporaryFolder, whyNoNamespace } from "../testing/lab-process.ts";

/** The kernel repeats a held SYN after a second. */
const labThat = (play: string) => `import { lab, scene } from "tcp-loopback-lab";

export default lab({
  id: "late",
  question: "Is the SYN sent once?",
  scenes: [
    scene({
      id: "always-late",
      title: "It takes longer than the kernel's timer.",
      mode: "stepped",
      mayNotPause: true,
      claims: [
        {
          id: "syn-once",
          claim: "The SYN is sent once.",
          source: "linux",
          cite: "a test",
          documented: { kind: "number", value: 1 },
          ask: { what: "count", pick: { having: "SYN", repeats: "too" } },
        },
        {
          id: "reset",
          claim: "A RST comes.",
          source: "linux",
          cite: "a test",
          documented: { kind: "segment", value: "server RST" },
          ask: { what: "segment", pick: { end: "server", flags: "RST" }, fields: [] },
        },
      ],
      async play({ server, client, wire, time }) {
        await server.listen();
        await client.connect();
        ${play}
      },
    }),
  ],
});
`;

test("a scene that may not pause and always comes too late leaves its claims open, and contradicts nothing", {
  skip: (await whyNoNamespace()) ?? false,
}, async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, "late.ts");
  writeFileSync(file, labThat(`await time.pass("1.3 s");`));
  const { status, verdict } = await runLabProcess(file, folder.path);
  assert.deepEqual([...new Set(verdict.claims.map(({ verdict: one }) => one))], ["unwitnessed"]);
  assert.equal(status, 2);
});

test("one that is late because it waits in vain, each time, is judged by what never came", {
  skip: (await whyNoNamespace()) ?? false,
}, async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, "vain.ts");
  writeFileSync(file, labThat(`await wire.deliver("RST");`));
  const { status, verdict } = await runLabProcess(file, folder.path);
  const reset = verdict.claims.find(({ id }) => id === "late.always-late.reset");
  assert.equal(reset?.verdict, "contradicts", reset?.because.join());
  assert.equal(status, 1);
});
