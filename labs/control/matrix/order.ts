// A control lab: the same cells forwards and backwards. A socket that outlived its cell would show in one of the two.

import { cellScene } from "../../../src/lab/cell-scene.ts";
import { type EncounterScene, lab } from "../../../src/lab.ts";

const backwards = (scene: EncounterScene): EncounterScene => ({
  ...scene,
  id: `${scene.id}-backwards`,
  encounters: scene.encounters.toReversed(),
});

const FORWARDS = (["syn-rcvd", "last-ack", "time-wait"] as const).map((situation) =>
  cellScene({ situation, family: "ipv4", timestamps: false, only: ({ acknowledgement }) => acknowledgement !== "old" }),
);

export default lab({
  id: "control-order",
  question: "Does it matter to a cell which cells were played before it? (It must not.)",
  scenes: FORWARDS.flatMap((scene) => [scene, backwards(scene)]),
});
