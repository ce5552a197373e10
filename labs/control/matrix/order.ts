// A control lab: the same cells forwards, backwards, and after a slow way. A socket that outlived its cell would show, or
// what the other end repeats until it vanishes.

import { setTimeout as sleep } from "node:timers/promises";
import type { Walk } from "../../../src/drive/encounter.ts";
import { cellScene } from "../../../src/lab/cell-scene.ts";
import { type EncounterScene, lab } from "../../../src/lab/lab.ts";

const backwards = (scene: EncounterScene): EncounterScene => ({
  ...scene,
  id: `${scene.id}-backwards`,
  encounters: scene.encounters.toReversed(),
});

/** Milliseconds: longer than an end waits before it sends its FIN again (TCP_RTO_MIN, 200 ms). */
const SLOW = 300;

const slowly = (scene: EncounterScene): EncounterScene => ({
  ...scene,
  id: `${scene.id}-slowly`,
  encounters: scene.encounters.map((one) => ({ ...one, way: { ...one.way, walk: slow(one.way.walk) } })),
});

const slow = (walk: (walk: Walk) => Promise<void>) => async (ends: Walk) => {
  await walk(ends);
  await sleep(SLOW);
  await ends.client.setOption("TCP_QUICKACK", 1); // any call does: with it the tape is read
};

const FORWARDS = (["syn-rcvd", "close-wait", "last-ack", "time-wait"] as const).map((situation) =>
  cellScene({ situation, family: "ipv4", timestamps: false, only: ({ acknowledgement }) => acknowledgement !== "old" }),
);

export default lab({
  id: "control-order",
  question: "Does it matter to a cell which cells were played before it, or how long its way took? (It must not.)",
  scenes: FORWARDS.flatMap((scene) => [scene, backwards(scene), slowly(scene)]),
});
