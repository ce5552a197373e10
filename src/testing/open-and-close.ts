// The smallest lab that has a question of nearly every kind: a handshake, data, and a close, one scene each and one that is free. Recorded for the tests of whoever reads evidence.

import { DATA_LEFT } from "../../labs/close/claims/data-left.ts";
import { CLOSING_ARITHMETIC, FOUR_WAY_CLOSE, ONE_AFTER_THE_OTHER } from "../../labs/close/claims/four-way-close.ts";
import { TWO_MSL } from "../../labs/close/claims/time-wait.ts";
import {
  ABSOLUTE_NUMBERS,
  ESTABLISHED_ONE_AFTER_THE_OTHER,
  THREE_WAY_HANDSHAKE,
} from "../../labs/handshake/claims/three-way-handshake.ts";
import { lab, scene } from "../lab/lab.ts";

export default lab({
  id: "open-and-close",
  question: "Which segments open a connection, and which close it?",
  scenes: [
    scene({
      id: "opening",
      title: "The handshake segment by segment, with the document's number 1234567.",
      mode: "stepped",
      isn: { client: 1_234_567 },
      documented: THREE_WAY_HANDSHAKE,
      claims: [...ESTABLISHED_ONE_AFTER_THE_OTHER, ...ABSOLUTE_NUMBERS],
      async play({ client, server, wire }) {
        await server.listen();
        await client.connect();
        await wire.deliver("SYN");
        await wire.deliver("SYN ACK");
        await wire.deliver("ACK");
      },
    }),
    scene({
      id: "documented-numbers",
      title: "The close segment by segment, with the document's numbers 100 and 120.",
      mode: "stepped",
      established: { client: 100, server: 120 },
      documented: FOUR_WAY_CLOSE,
      claims: [...ONE_AFTER_THE_OTHER, ...CLOSING_ARITHMETIC, ...TWO_MSL],
      async play({ client, server, wire }) {
        await client.shutdown();
        await wire.deliver("FIN ACK");
        await wire.deliver("ACK");
        await server.shutdown();
        await wire.deliver("FIN ACK");
        await wire.deliver("ACK");
      },
    }),
    scene({
      id: "data-left",
      title: "The server has eight octets left when the client's FIN arrives.",
      mode: "stepped",
      established: { client: 100, server: 120 },
      claims: DATA_LEFT,
      async play({ client, server, wire }) {
        await client.shutdown();
        await wire.deliver("FIN ACK");
        await wire.deliver("ACK");
        await server.send("the rest");
        await server.shutdown();
        await wire.deliver("PSH ACK");
        await client.receive();
        await wire.deliver("FIN ACK");
        await wire.flow();
      },
    }),
    scene({
      id: "free",
      title: "An opening with plain node:net, at its own pace.",
      mode: "free",
      claims: [
        {
          id: "three-segments",
          claim: "Three segments open a connection, no more.",
          source: "document",
          cite: "the document, three-way handshake",
          documented: { kind: "number", value: 3 },
          ask: { what: "count", pick: {} },
        },
      ],
      async play({ client, server }) {
        await server.listen();
        await client.connect();
        await server.accept();
      },
    }),
  ],
});
