// A control lab: encounters that cannot be played as they should, among others that can. The others must go on.

import type { Encounter } from "../../../src/drive/encounter.ts";
import { cellScene } from "../../../src/lab/cell-scene.ts";
import { type EncounterScene, lab } from "../../../src/lab/lab.ts";
import { WAYS } from "../../../src/lab/reach-state.ts";

const ESTABLISHED = cellScene({
  situation: "established",
  family: "ipv4",
  timestamps: false,
  only: ({ place, acknowledgement }) => place === "next" && acknowledgement === "next",
});

/** The same cells; one of them by another way. */
const detour = (
  id: string,
  cell: string,
  way: Encounter["way"],
  more: Partial<EncounterScene> = {},
): EncounterScene => ({
  ...ESTABLISHED,
  ...more,
  id,
  encounters: ESTABLISHED.encounters.map((one) => (one.id === cell ? { ...one, way } : one)),
});

export default lab({
  id: "control-faults",
  question: "What becomes of a cell that cannot be played as it should?",
  scenes: [
    detour("nothing-comes", "rst-ack-next-ack-next", {
      ...WAYS.established,
      walk: ({ wire }) => wire.deliver("SYN"), // nobody sent one
    }),
    detour("leads-elsewhere", "rst-ack-next-ack-next", { ...WAYS.established, walk: WAYS["fin-wait-1"].walk }),
    // TCP_QUICKACK 0: the answer to data is delayed by 40 ms; here the look does not wait for it.
    detour(
      "answers-late",
      "data-next-ack-next",
      {
        ...WAYS.established,
        async walk(walk) {
          await WAYS.established.walk(walk);
          await walk.client.setOption("TCP_QUICKACK", 0);
        },
      },
      { patience: 5 },
    ),
    {
      ...ESTABLISHED,
      id: "limit-stays-closed",
      raisedLimits: { ...ESTABLISHED.raisedLimits, "net.ipv4.tcp_no_such_limit": "0" },
    },
  ],
});
