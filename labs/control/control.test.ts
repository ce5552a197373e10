import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { basename } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { runLabProcess, temporaryFolder, whyNoNamespace } from "../../src/testing/lab-process.ts";

const FOLDER = fileURLToPath(new URL(".", import.meta.url));
/** The claims of each control lab that say something false; every other claim of it is true. */
const FALSE_CLAIMS = {
  "wrong-state": ["control-wrong-state.handshake.false-state"],
  "wrong-number": ["control-wrong-number.handshake.false-ack", "control-wrong-number.handshake.false-segment"],
  "missing-segment": [
    "control-missing-segment.not-waited-for.false-fourth-segment",
    "control-missing-segment.waited-for.false-fourth-segment",
  ],
  "every-state": [],
  "receiver-drops": [],
  "rows-exchanged": [
    "control-rows-exchanged.handshake.syn-sent-client",
    "control-rows-exchanged.handshake.established-client",
    "control-rows-exchanged.handshake.established-server",
  ],
} as const;

const reason = await whyNoNamespace();

test("every control lab in the folder is tried", () => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"));
  assert.deepEqual(files.map((name) => basename(name, ".ts")).sort(), Object.keys(FALSE_CLAIMS).sort());
});

for (const [name, falseClaims] of Object.entries(FALSE_CLAIMS)) {
  test(`the judge does not believe what ${name} claims, and believes the rest`, { skip: reason ?? false }, async () => {
    using folder = temporaryFolder();
    const { verdict, status } = await runLabProcess(`${FOLDER}${name}.ts`, folder.path);
    const contradicted = verdict.claims.filter((claim) => claim.verdict === "contradicts").map(({ id }) => id);
    assert.deepEqual(contradicted, [...falseClaims]);
    assert.ok(verdict.claims.every((claim) => claim.verdict === "contradicts" || claim.verdict === "conforms"));
    assert.equal(verdict.summary.surprises, falseClaims.length);
    assert.equal(status, falseClaims.length > 0 ? 1 : 0);
  });
}
