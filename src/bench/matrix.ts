// How fast the matrix is: its cells over IPv4 and some over IPv6, with the two witnesses of state that spawn nothing.

import { findLab } from "../cli/find-lab.ts";
import { Recorder } from "../evidence/recorder.ts";
import type { EncounterScene, Lab, Scene } from "../lab/scene.ts";
import { probeCapabilities } from "../machine/capabilities.ts";
import { NOTHING_ASKED, settleSysctls } from "../machine/run-sysctls.ts";
import { playScenes } from "../run/play-scenes.ts";
import { chooseWitnesses } from "../witness/choose.ts";
import type { Write } from "./figure.ts";

/** Aimed at. */
const CELLS = 1300;
const AIM_SECONDS = 5;
const SPAWN = ["ss", "netstat"] as const;
/** Between two looks at the memory, milliseconds. */
const MEMORY_PERIOD = 50;

export async function measure(write: Write): Promise<void> {
  const capabilities = await probeCapabilities(false, Promise.reject(new Error("not asked for")));
  if (!capabilities.have.has("hold")) {
    write(`cannot be measured here: ${capabilities.missing.hold ?? capabilities.missing.namespace}`);
    return;
  }
  const sysctls = settleSysctls(NOTHING_ASKED, capabilities, undefined);
  const lab = await findLab("matrix");
  const all = lab.scenes.filter(isTable);
  for (const [name, scenes] of [
    ["the first tables", firstOf(all)],
    ["every table", all],
  ] as const) {
    const cells = scenes.flatMap(({ encounters }) => encounters).length;
    using memory = watchMemory();
    const start = performance.now();
    await playScenes({
      lab: { ...lab, scenes } satisfies Lab,
      family: "ipv4",
      capabilities,
      witnesses: await chooseWitnesses([], SPAWN),
      recorder: new Recorder(),
      signal: new AbortController().signal,
      sysctls,
    });
    const seconds = (performance.now() - start) / 1000;
    const rate = (1000 * seconds) / cells;
    write(
      `${name}: ${cells} cells in ${seconds.toFixed(2)} s, ${rate.toFixed(2)} ms each (aim: ${CELLS} in ${AIM_SECONDS} s, ${((1000 * AIM_SECONDS) / CELLS).toFixed(2)} ms); at most ${memory.highest} MB`,
    );
  }
}

const isTable = (scene: Scene): scene is EncounterScene => scene.mode === "encounters";

/** As many as make up the cells of the aim. */
function firstOf(scenes: readonly EncounterScene[]): readonly EncounterScene[] {
  let cells = 0;
  const end = scenes.findIndex(({ encounters }) => {
    cells += encounters.length;
    return cells >= CELLS;
  });
  return scenes.slice(0, end + 1);
}

/** The largest resident set so far, MB of 10^6 octets. */
function watchMemory(): Disposable & { readonly highest: number } {
  let octets = 0;
  const look = () => {
    octets = Math.max(octets, process.memoryUsage.rss());
  };
  const timer = setInterval(look, MEMORY_PERIOD);
  return {
    get highest() {
      look();
      return Math.round(octets / 1e6);
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
