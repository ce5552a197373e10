// Resets: who sends one, with which numbers, whom it kills and whom not, and what the programs at both ends get to know.

import { resetInEachState } from "../../src/claims/arrows.ts";
import { lab, scene } from "../../src/lab/lab.ts";
import { resetScene } from "../../src/lab/reset-scene.ts";
import {
  BEFORE_ACCEPT,
  CLOSED_PORT,
  CLOSED_PORT_IN_NODE,
  DATA_FOR_THE_CLOSED,
  DESTROYED_IN_NODE,
  LINGER_ZERO,
  LISTENER_CLOSED,
  UNREAD_DATA,
} from "./claims/generation.ts";
import { FOUND_BY_DATA, FOUND_BY_KEEPALIVE, KEEPALIVE_UNHEARD } from "./claims/half-open.ts";
import { RST_BEFORE_THE_FIN, RST_IN_SYN_SENT, RST_IN_THE_WINDOW } from "./claims/processing.ts";

/** Where the opening is not the question: both ends begin in ESTABLISHED, with these numbers to send next. */
const ESTABLISHED = { client: 100, server: 200 } as const;

export default lab({
  id: "reset",
  question: "Who sends a reset and when, whom does it kill, and what do the programs at both ends get to know?",
  scenes: [
    scene({
      id: "closed-port",
      title: "The client connects to a port on which nobody listens.",
      mode: "stepped",
      isn: { client: 100 },
      claims: CLOSED_PORT,
      async play({ client, wire }) {
        await client.connect(); // the SYN finds no socket, and is answered at once
        await wire.deliver("RST ACK");
        await client.takeError();
      },
    }),
    scene({
      id: "closed-port-free",
      title: "The same with plain node:net.",
      mode: "free",
      claims: CLOSED_PORT_IN_NODE,
      async play({ client }) {
        await client.connect();
      },
    }),
    scene({
      id: "linger-zero",
      title: "The client closes with a linger time of 0.",
      mode: "stepped",
      established: ESTABLISHED,
      claims: LINGER_ZERO,
      async play({ client, server, wire }) {
        await client.abort();
        await wire.deliver("RST ACK");
        await server.receive();
        await server.receive();
        await server.send("data");
      },
    }),
    scene({
      id: "reset-and-destroy",
      title: "The client's program calls Node's resetAndDestroy().",
      mode: "free",
      claims: DESTROYED_IN_NODE,
      async play({ client, server }) {
        await server.listen();
        await client.connect();
        await server.accept();
        await client.abort();
        await server.receive();
      },
    }),
    scene({
      id: "unread-data",
      title: "The server closes while four octets wait to be read.",
      mode: "stepped",
      established: ESTABLISHED,
      claims: UNREAD_DATA,
      async play({ client, server, wire }) {
        await client.send("data");
        await wire.deliver("PSH ACK");
        await wire.drop("ACK");
        await server.close();
        await wire.deliver("RST ACK");
        await client.receive();
      },
    }),
    scene({
      id: "data-for-the-closed",
      title: "The client writes to a server that has closed.",
      mode: "stepped",
      established: ESTABLISHED,
      claims: DATA_FOR_THE_CLOSED,
      async play({ client, server, wire }) {
        await server.close();
        await wire.deliver("FIN ACK");
        await wire.drop("ACK");
        await client.send("data");
        await wire.deliver("PSH ACK");
        await wire.deliver("RST");
        await client.send("more");
      },
    }),
    scene({
      id: "before-accept",
      title: "The client aborts before the server's program has accepted the connection.",
      mode: "stepped",
      claims: BEFORE_ACCEPT,
      async play({ client, server, wire }) {
        await server.listen();
        await client.connect();
        await wire.deliver("SYN");
        await wire.deliver("SYN ACK");
        await wire.deliver("ACK");
        await client.abort();
        await wire.deliver("RST ACK");
        await server.accept();
        await server.receive();
      },
    }),
    scene({
      id: "in-syn-sent",
      title: "In SYN_SENT the client gets a RST with a wrong ack, one without ACK, and one with the right ack.",
      mode: "stepped",
      claims: RST_IN_SYN_SENT,
      async play({ client, server, wire }) {
        await server.listen();
        await client.connect();
        await wire.drop("SYN");
        await wire.forge("server", "RST ACK", { ackPlus: 1 });
        await wire.forge("server", "RST");
        await wire.forge("server", "RST ACK");
        await client.takeError();
      },
    }),
    scene({
      id: "half-open-found-by-data",
      title: "The server is gone and its RST was lost; then the client writes.",
      mode: "stepped",
      established: ESTABLISHED,
      claims: FOUND_BY_DATA,
      async play({ client, server, wire }) {
        await server.abort();
        await wire.drop("RST ACK");
        await client.send("data"); // no socket is there to receive it, so no gate holds it
        await wire.deliver("RST");
        await client.receive();
      },
    }),
    scene({
      id: "half-open-found-by-keepalive",
      title: "The server is gone and its RST was lost; the client only keeps the connection alive.",
      mode: "stepped",
      established: ESTABLISHED,
      mayNotPause: true, // the probe leaves when its time has come
      claims: FOUND_BY_KEEPALIVE,
      async play({ client, server, wire, time }) {
        await server.abort();
        await wire.drop("RST ACK");
        await client.setOption("TCP_KEEPIDLE", 1);
        await client.setOption("TCP_KEEPCNT", 9);
        await client.setOption("SO_KEEPALIVE", 1);
        await time.pass("1 s");
        await wire.deliver("RST");
        await client.receive();
      },
    }),
    scene({
      id: "keepalive-unheard",
      title: "The server is gone, and whatever it might answer to a probe is lost.",
      mode: "stepped",
      established: ESTABLISHED,
      mayNotPause: true,
      claims: KEEPALIVE_UNHEARD,
      async play({ client, server, wire, time }) {
        await server.abort();
        await wire.drop("RST ACK");
        await client.setOption("TCP_KEEPIDLE", 1);
        await client.setOption("TCP_KEEPINTVL", 1);
        await client.setOption("TCP_KEEPCNT", 1);
        await client.setOption("SO_KEEPALIVE", 1);
        await time.pass("3 s");
        await wire.drop("ACK");
        await wire.drop("RST");
        await wire.drop("RST ACK");
        await client.receive();
      },
    }),
    scene({
      id: "in-the-window",
      title: "The client gets a RST in its window, beyond it, before it, and at exactly the next number.",
      mode: "stepped",
      established: ESTABLISHED,
      claims: RST_IN_THE_WINDOW,
      async play({ client, wire }) {
        await wire.forge("server", "RST", { seqPlus: 1000 });
        await wire.forge("server", "RST", { seqPlus: 100_000 });
        await wire.forge("server", "RST", { seqPlus: -1 });
        await wire.forge("server", "RST");
        await client.receive();
      },
    }),
    scene({
      id: "one-before-the-window",
      title: "In CLOSE_WAIT the server gets a RST with the number of the FIN.",
      mode: "stepped",
      established: ESTABLISHED,
      claims: RST_BEFORE_THE_FIN,
      async play({ client, server, wire }) {
        await client.shutdown();
        await wire.deliver("FIN ACK");
        await wire.drop("ACK");
        await wire.forge("client", "RST", { seqPlus: -1 });
        await server.send("data");
      },
    }),
    scene(resetScene(resetInEachState)),
    scene({
      id: "listener-closed",
      title: "The listener closes while a connection waits to be accepted.",
      mode: "stepped",
      claims: LISTENER_CLOSED,
      async play({ client, server, wire }) {
        await server.listen();
        await client.connect();
        await wire.deliver("SYN");
        await wire.deliver("SYN ACK");
        await wire.deliver("ACK");
        await server.close();
        await wire.deliver("RST ACK");
        await client.receive();
      },
    }),
  ],
});
