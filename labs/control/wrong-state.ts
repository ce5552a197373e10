// A control lab: claims a state that the server is not in. The suite fails if the judge believes it.

import { lab, scene } from "../../src/lab/lab.ts";

export default lab({
  id: "control-wrong-state",
  question: "Is the server ESTABLISHED as soon as the SYN arrives? (It is not.)",
  scenes: [
    scene({
      id: "handshake",
      title: "A handshake, up to the SYN.",
      mode: "stepped",
      claims: [
        {
          id: "false-state",
          claim: "The server is ESTABLISHED as soon as the SYN arrives.",
          source: "folklore",
          cite: "made up for this control",
          documented: { kind: "state", value: "ESTABLISHED" },
          ask: { what: "state", end: "server", after: "deliver SYN" },
        },
      ],
      async play({ client, server, wire }) {
        await server.listen();
        await client.connect();
        await wire.deliver("SYN");
        await wire.drop("SYN ACK");
      },
    }),
  ],
});
