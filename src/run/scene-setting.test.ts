import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { PINS } from "../claims/pins.ts";
import type { EncounterScene } from "../lab/scene.ts";
import { runCommand, whyNoNamespace } from "../testing/lab-process.ts";
import { whereIs, whyNoSimulation } from "../testing/simulated-machine.ts";
import { settingData } from "./scene-setting.ts";

const PROGRAM = fileURLToPath(new URL("../testing/effective-sysctls.ts", import.meta.url));
const skip = (await whyNoNamespace()) ?? whyNoSimulation() ?? false;

/** What the kernel has in a scene that is about tcp_fin_timeout=3, while 7 is asked for, and tcp_ecn=1, and a small tcp_rmem. */
async function valuesInScene(...words: readonly string[]) {
  const node = [process.execPath, "--import", import.meta.resolve("../typescript.mjs"), PROGRAM, ...words];
  const { stdout, stderr } = await runCommand(whereIs("unshare"), [
    "--user",
    "--map-root-user",
    "--net",
    "--",
    ...node,
  ]);
  assert.notEqual(stdout, "", stderr);
  return JSON.parse(stdout) as Readonly<Record<"values" | "unpinned", Readonly<Record<string, string>>>>;
}

test("a scene's note has the limits that it opened, but those that the kernel refused", () => {
  const [LIMIT, OTHER] = ["net.ipv4.tcp_invalid_ratelimit", "net.ipv4.tcp_challenge_ack_limit"];
  const opened = { [LIMIT]: "0", [OTHER]: "9" };
  const scene: EncounterScene = { id: "one", title: "One.", mode: "encounters", encounters: [], raisedLimits: opened };
  const run = { asked: { [LIMIT]: "500" }, pinned: {} };
  const { sysctls, unreached } = settingData(scene, run, [OTHER]);
  assert.deepEqual([sysctls, unreached], [{ [LIMIT]: "0" }, { [LIMIT]: "500" }]);
});

const ASKED = {
  "net.ipv4.tcp_fin_timeout": "3",
  "net.ipv4.tcp_ecn": "1",
  "net.ipv4.tcp_rmem": "4096 8192 16384",
};

test("a scene's namespace has what the scene is about, else what was asked for, else what is pinned", {
  skip,
}, async () => {
  const { values, unpinned } = await valuesInScene();
  const pinned = Object.entries(PINS).filter(([name]) => !(name in ASKED) && !(name in unpinned));
  assert.ok(pinned.length > 5);
  for (const [name, { value }] of pinned) assert.equal(values[name], value, name);
  for (const [name, value] of Object.entries(ASKED)) assert.equal(values[name], value, name);
});

test("--as-host stands above the pins, and below --sysctl", { skip }, async () => {
  const { values } = await valuesInScene("as-host");
  const expected = { ...ASKED, "net.ipv4.tcp_wmem": "4096 32768 65536", "net.ipv4.tcp_sack": "0" };
  for (const [name, value] of Object.entries(expected)) assert.equal(values[name], value, name);
  assert.equal(values["net.ipv4.tcp_congestion_control"], PINS["net.ipv4.tcp_congestion_control"]?.value);
});
