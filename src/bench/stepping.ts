// One stepped handshake, without spawns and without start-up: from entering its namespace to leaving it.

import { findLab } from "../cli/find-lab.ts";
import { Recorder } from "../evidence/recorder.ts";
import { probeCapabilities } from "../machine/capabilities.ts";
import { NOTHING_ASKED, settleSysctls } from "../machine/run-sysctls.ts";
import { playScenes } from "../run/play-scenes.ts";
import { chooseWitnesses } from "../witness/choose.ts";
import type { Write } from "./figure.ts";
import { median } from "./race.ts";

const ROUNDS = 40;
const AIM_MS = 50;

export async function measure(write: Write): Promise<void> {
  const capabilities = await probeCapabilities(false, Promise.reject(new Error("not asked for")));
  if (!capabilities.have.has("hold")) {
    write(`cannot be measured here: ${capabilities.missing.hold ?? capabilities.missing.namespace}`);
    return;
  }
  const sysctls = settleSysctls(NOTHING_ASKED, capabilities, undefined);
  const lab = await findLab("handshake");
  const one = { ...lab, scenes: lab.scenes.slice(0, 1) };
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    await playScenes({
      lab: one,
      family: "ipv4",
      capabilities,
      witnesses: await chooseWitnesses([], []),
      recorder: new Recorder(),
      signal: new AbortController().signal,
      sysctls,
    });
    times.push(performance.now() - start);
  }
  const spread = `${Math.min(...times).toFixed(1)} to ${Math.max(...times).toFixed(1)}`;
  write(`${median(times).toFixed(1)} ms, median of ${ROUNDS} (${spread}; aim: ${AIM_MS} ms)`);
}
