// One stepped handshake, without spawns and without start-up: from entering its namespace to leaving it.

import { Recorder } from "../evidence/recorder.ts";
import { enterNursery } from "../kernel/network-namespace.ts";
import { probeCapabilities } from "../machine/capabilities.ts";
import { playScenes } from "../stage/play-scenes.ts";
import { chooseWitnesses } from "../witness/choose.ts";
import { findLab } from "./find-lab.ts";

const ROUNDS = 20;
const NURSERY_TABLE = 1024;

export async function benchStepping(write: (line: string) => void): Promise<void> {
  const capabilities = await probeCapabilities(false, Promise.reject(new Error("not asked for")));
  if (!capabilities.have.has("hold")) {
    write(
      `one stepped handshake: cannot be measured here: ${capabilities.missing.hold ?? capabilities.missing.namespace}`,
    );
    return;
  }
  const lab = await findLab("handshake");
  const one = { ...lab, scenes: lab.scenes.slice(0, 1) };
  using _nursery = enterNursery(NURSERY_TABLE);
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    await playScenes({
      lab: one,
      family: "ipv4",
      capabilities,
      witnesses: chooseWitnesses([], []),
      recorder: new Recorder(),
      signal: new AbortController().signal,
      sysctls: {},
    });
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  write(
    `one stepped handshake, no spawns, ${ROUNDS} rounds: median ${times[ROUNDS >> 1]?.toFixed(1)} ms (${times[0]?.toFixed(1)} to ${times.at(-1)?.toFixed(1)})`,
  );
}
