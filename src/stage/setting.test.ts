import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { runCommand, whyNoNamespace } from "../testing/lab-process.ts";
import { whereIs, whyNoSimulation } from "../testing/simulated-machine.ts";

const HELD_ORPHANS = fileURLToPath(new URL("../testing/held-orphans.ts", import.meta.url));
const skip = (await whyNoNamespace()) ?? whyNoSimulation() ?? false;

test("a FIN that stays held does not outlive its scene for hours", { skip }, async () => {
  const words = ["--user", "--map-root-user", "--net", "--", process.execPath, "--import", import.meta.resolve("tsx")];
  const { stdout, stderr } = await runCommand(whereIs("unshare"), [...words, HELD_ORPHANS]);
  assert.equal(stdout, "2 0", stderr);
});
