import assert from "node:assert/strict";
import { test } from "node:test";
import { PINS } from "../claims/pins.ts";
import { scene } from "./lab.ts";
import type { EncounterScene } from "./scene.ts";
import { sysctlsOf } from "./scene-sysctls.ts";

const [ECN, CONTROL, RETRIES] = ["net.ipv4.tcp_ecn", "net.ipv4.tcp_congestion_control", "net.ipv4.tcp_syn_retries"];
const pinned = { [CONTROL]: "reno", [RETRIES]: "127" };

const held = scene({ id: "held", title: "Held.", mode: "stepped", async play() {} });
const free = scene({ id: "free", title: "Free.", mode: "free", async play() {} });
const about = scene({ ...held, id: "about", sysctls: { [ECN]: "1" } });
const encounters: EncounterScene = {
  id: "limits",
  title: "Limits are opened.",
  mode: "encounters",
  encounters: [],
  raisedLimits: { "net.ipv4.tcp_invalid_ratelimit": "0" },
};

test("what nobody asks for is pinned, and the kernel is made patient only where segments are held", () => {
  assert.equal(PINS[RETRIES]?.held, true);
  assert.deepEqual(sysctlsOf(held, { asked: {}, pinned }), { pins: pinned, set: {}, unreached: {} });
  assert.deepEqual(sysctlsOf(free, { asked: {}, pinned }).pins, { [CONTROL]: "reno" });
});

test("a pin gives way to what is asked for", () => {
  const asked = { [CONTROL]: "cubic" };
  assert.deepEqual(sysctlsOf(held, { asked, pinned }), {
    pins: { [RETRIES]: "127" },
    set: asked,
    unreached: {},
  });
});

test("what is asked for gives way to what a scene is about, and that is told unless it is the same", () => {
  const other = sysctlsOf(about, { asked: { [ECN]: "0" }, pinned });
  assert.deepEqual([other.set, other.unreached], [{ [ECN]: "1" }, { [ECN]: "0" }]);
  const same = sysctlsOf(about, { asked: { [ECN]: "1" }, pinned });
  assert.deepEqual([same.set, same.unreached], [{ [ECN]: "1" }, {}]);
});

test("a limit that a scene opens stays open, and that is told", () => {
  const { set, unreached } = sysctlsOf(encounters, { asked: { "net.ipv4.tcp_invalid_ratelimit": "500" }, pinned });
  assert.deepEqual([set, unreached], [{}, { "net.ipv4.tcp_invalid_ratelimit": "500" }]);
});
