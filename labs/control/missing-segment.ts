// A control lab: claims a segment that is never sent, once waiting for it and once not. The suite fails if the judge believes it.

import type { SceneClaim } from "../../src/claims/claim.ts";
import { lab, scene } from "../../src/lab/lab.ts";

const FOURTH_SEGMENT: SceneClaim = {
  id: "false-fourth-segment",
  claim: "The server acknowledges the third segment of the handshake.",
  source: "folklore",
  cite: "made up for this control",
  documented: { kind: "segment", value: "server ACK seq=1 ack=1" },
  ask: { what: "segment", pick: { end: "server", flags: "ACK" }, fields: ["seq", "ack"], numbers: "relative" },
};

export default lab({
  id: "control-missing-segment",
  question: "Does a fourth segment acknowledge the third? (None does.)",
  scenes: [
    scene({
      id: "not-waited-for",
      title: "A handshake, and no further look at the wire.",
      mode: "stepped",
      claims: [FOURTH_SEGMENT],
      async play({ client, server, wire }) {
        await server.listen();
        await client.connect();
        await wire.deliver("SYN");
        await wire.deliver("SYN ACK");
        await wire.deliver("ACK");
      },
    }),
    scene({
      id: "waited-for",
      title: "A handshake, and waiting for a fourth segment in vain.",
      mode: "stepped",
      claims: [FOURTH_SEGMENT],
      async play({ client, server, wire }) {
        await server.listen();
        await client.connect();
        await wire.deliver("SYN");
        await wire.deliver("SYN ACK");
        await wire.deliver("ACK");
        await wire.deliver("ACK", { from: "server" });
      },
    }),
  ],
});
