// Every state meets every segment: at five places of the sequence number, with three acknowledgements, with and without timestamps.

import { cellScene } from "../src/cell-scene.ts";
import { lab } from "../src/lab.ts";
import { SITUATION_NAMES, TIMESTAMPED } from "../src/spec/segment-cells.ts";

export default lab({
  id: "matrix",
  question: "What does each state answer to each segment, and what becomes of it?",
  scenes: (["ipv4", "ipv6"] as const).flatMap((family) => [
    ...SITUATION_NAMES.map((situation) => cellScene({ situation, family, timestamps: false })),
    ...TIMESTAMPED.map((situation) => cellScene({ situation, family, timestamps: true })),
  ]),
});
