// A control lab: claims an acknowledgement that is one off. The suite fails if the judge believes it.

import { lab, scene } from "../../src/lab/lab.ts";

export default lab({
  id: "control-wrong-number",
  question: "Does the SYN ACK acknowledge the client's number plus two? (It does not.)",
  scenes: [
    scene({
      id: "handshake",
      title: "A handshake whose first number is 1234567.",
      mode: "stepped",
      isn: { client: 1_234_567 },
      claims: [
        {
          id: "false-ack",
          claim: "The SYN ACK acknowledges 1234569.",
          source: "folklore",
          cite: "made up for this control",
          documented: { kind: "number", value: 1_234_569 },
          ask: { what: "number", of: { pick: { end: "server", flags: "SYN ACK" }, field: "ack" } },
        },
        {
          id: "false-segment",
          claim: "The server sends SYN ACK seq=0 ack=2.",
          source: "folklore",
          cite: "made up for this control",
          documented: { kind: "segment", value: "server SYN ACK seq=0 ack=2" },
          ask: {
            what: "segment",
            pick: { end: "server", flags: "SYN ACK" },
            fields: ["seq", "ack"],
            numbers: "relative",
          },
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
