// A control lab: the model of the RFCs with one line bent, held against the real kernel. The suite fails if no cell notices.

import { cellScene } from "../../../src/lab/cell-scene.ts";
import { lab } from "../../../src/lab/lab.ts";
import { segmentArrives } from "../../../src/rfc-model/segment-arrives.ts";

export default lab({
  id: "control-wrong-model",
  question: "Does a FIN take ESTABLISHED to CLOSING? (It does not.)",
  scenes: [
    cellScene({
      situation: "established",
      family: "ipv4",
      timestamps: false,
      only: ({ place }) => place === "next",
      model: (tcb, segment) =>
        segmentArrives(tcb, segment).map((one) => (one.state === "CLOSE_WAIT" ? { ...one, state: "CLOSING" } : one)),
    }),
  ],
});
