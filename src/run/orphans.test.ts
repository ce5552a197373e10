import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { runCommand, whyNoNamespace } from "../testing/lab-process.ts";
import { whereIs, whyNoSimulation } from "../testing/simulated-machine.ts";

const HELD_ORPHANS = fileURLToPath(new URL("../testing/held-orphans.ts", import.meta.url));
const skip = (await whyNoNamespace()) ?? whyNoSimulation() ?? false;

for (const [how, words] of Object.entries({ "is ended with it": ["destroy"], "does not outlive it for hours": [] }))
  test(`a FIN that stays held when its scene is left ${how}`, { skip }, async () => {
    const node = [process.execPath, "--import", import.meta.resolve("../typescript.mjs"), HELD_ORPHANS, ...words];
    const { stdout, stderr } = await runCommand(whereIs("unshare"), [
      "--user",
      "--map-root-user",
      "--net",
      "--",
      ...node,
    ]);
    assert.equal(stdout, "2 0", stderr);
  });
