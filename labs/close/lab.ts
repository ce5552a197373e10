// The four-way close of the document, replayed with its own numbers, and what becomes of it when things go otherwise.

import { lab, scene } from "../../src/lab/lab.ts";
import { DATA_LEFT, FIN_WITH_DATA } from "./claims/data-left.ts";
import {
  CLIENT_WAITS,
  CLOSING_ARITHMETIC,
  FOUR_WAY_CLOSE,
  ONE_AFTER_THE_OTHER,
  SERVER_WAITS,
  withEndsExchanged,
} from "./claims/four-way-close.ts";
import { FREE_CLOSE, LASTING_STATES, THREE_SEGMENTS } from "./claims/three-segment-close.ts";
import { HEARING_NOTHING, LAST_ACK_LOST, TWO_MSL } from "./claims/time-wait.ts";

export default lab({
  id: "close",
  question:
    "Which segments close a connection, which state is each end in after each of them, and what if one is lost?",
  scenes: [
    scene({
      id: "documented-numbers",
      title: "The close segment by segment, with the document's numbers 100 and 120.",
      mode: "stepped",
      established: { client: 100, server: 120 },
      documented: FOUR_WAY_CLOSE,
      claims: [...ONE_AFTER_THE_OTHER, ...CLOSING_ARITHMETIC, ...CLIENT_WAITS, ...HEARING_NOTHING, ...TWO_MSL],
      async play({ client, server, wire }) {
        await client.shutdown(); // FIN_WAIT_1
        await wire.deliver("FIN ACK"); // server: CLOSE_WAIT
        await wire.deliver("ACK"); // client: FIN_WAIT_2
        await server.shutdown(); // LAST_ACK
        await wire.deliver("FIN ACK"); // client: TIME_WAIT
        await wire.deliver("ACK"); // server: CLOSED
      },
    }),
    scene({
      id: "server-first",
      title: "The server closes first: the document's table with the two ends exchanged.",
      mode: "stepped",
      established: { client: 120, server: 100 },
      documented: withEndsExchanged(FOUR_WAY_CLOSE),
      claims: SERVER_WAITS,
      async play({ client, server, wire }) {
        await server.shutdown();
        await wire.deliver("FIN ACK");
        await wire.deliver("ACK");
        await client.shutdown();
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
      id: "fin-with-data",
      title: "The server's last eight octets and its FIN go in one segment.",
      mode: "stepped",
      established: { client: 100, server: 120 },
      claims: FIN_WITH_DATA,
      async play({ client, server, wire }) {
        await client.shutdown();
        await wire.deliver("FIN ACK");
        await wire.deliver("ACK");
        await server.send("the rest", { more: true });
        await server.shutdown();
        await wire.deliver("FIN ACK");
        await wire.deliver("ACK");
      },
    }),
    scene({
      id: "three-segments",
      title: "The server closes in the same breath in which the client's FIN arrives.",
      mode: "stepped",
      claims: THREE_SEGMENTS,
      async play({ client, server, wire }) {
        await server.listen();
        await client.connect();
        await wire.flow();
        await server.accept();
        await client.send("request");
        await wire.flow();
        await server.receive();
        await server.send("response"); // from now on the server's kernel delays its ACKs
        await wire.flow();
        await client.receive();
        await client.shutdown();
        await server.closeOn("FIN ACK");
        await wire.deliver("FIN ACK", { from: "server" });
        await wire.deliver("ACK");
      },
    }),
    scene({
      id: "last-ack-lost",
      title: "The wire loses the last ACK.",
      mode: "stepped",
      claims: LAST_ACK_LOST,
      async play({ client, server, wire, time }) {
        await server.listen();
        await client.connect();
        await wire.flow();
        await server.accept();
        await client.shutdown();
        await wire.deliver("FIN ACK");
        await wire.deliver("ACK");
        await server.shutdown();
        await wire.deliver("FIN ACK");
        await wire.drop("ACK");
        await time.pass("2 s"); // the FIN is repeated, and reaches TIME_WAIT at once
        await wire.deliver("ACK", { repeat: true });
      },
    }),
    scene({
      id: "free",
      title: "A request, a response and a close with plain node:net.",
      mode: "free",
      claims: FREE_CLOSE,
      async play({ client, server }) {
        await server.listen();
        await client.connect();
        await server.accept();
        await client.send("request");
        await server.receive();
        await server.send("response");
        await client.receive();
        await client.close();
        await server.close();
      },
    }),
    scene({
      id: "free-and-slow",
      title: "The same, and the server's program takes longer than the delayed ACK.",
      mode: "free",
      claims: LASTING_STATES,
      async play({ client, server, time }) {
        await server.listen();
        await client.connect();
        await server.accept();
        await client.close();
        await time.pass("200 ms");
        await server.close();
        await client.receive(); // the end of the stream
      },
    }),
  ],
});
