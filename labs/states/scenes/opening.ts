// From CLOSED to SYN_RCVD: every arrow by which a connection is opened, or given up before it stands.

import { arrow } from "../../../src/claims/arrows.ts";
import { REQUEST_IS_KEPT } from "../../../src/claims/shorthand.ts";
import { scene } from "../../../src/lab/lab.ts";
import {
  DEFERRED_SHUTDOWN,
  LISTENER_BESIDE_REQUEST,
  LISTENER_SHUT_DOWN,
  NOT_FROM_LISTENER,
  REQUEST_VANISHES,
  SYN_SENT_SHUT_DOWN,
} from "../claims/beyond-figure-5.ts";

export const OPENING = [
  scene({
    ...arrow("CLOSED", "LISTEN", { end: "server", of: "server listen" }),
    mode: "stepped",
    async play({ server }) {
      await server.bind();
      await server.listen();
    },
  }),
  scene({
    ...arrow("CLOSED", "SYN_SENT", { end: "client", of: "client connect" }),
    mode: "stepped",
    async play({ client, server }) {
      await server.listen();
      await client.connect();
    },
  }),
  scene({
    ...arrow("LISTEN", "CLOSED", { end: "server", of: "server close" }, LISTENER_SHUT_DOWN),
    mode: "stepped",
    async play({ client, server }) {
      await server.listen();
      await server.close();
      await client.listen();
      await client.shutdown("both");
    },
  }),
  scene({
    ...arrow(
      "LISTEN",
      "SYN_RCVD",
      { end: "server", of: "deliver SYN", condition: REQUEST_IS_KEPT },
      LISTENER_BESIDE_REQUEST,
    ),
    mode: "stepped",
    async play({ client, server, wire }) {
      await server.listen();
      await client.connect();
      await wire.deliver("SYN");
    },
  }),
  scene({
    ...arrow(
      "LISTEN",
      "SYN_SENT",
      {
        end: "server",
        of: "server connect",
        deviates: true,
        explanation:
          "In RFC 9293 a SEND on a listening connection turns it into an active one (§3.10.2). Sockets offer no such thing: a listener stays a listener, connect() on it is refused with EISCONN and a write with EPIPE.",
      },
      NOT_FROM_LISTENER,
    ),
    mode: "stepped",
    async play({ server }) {
      await server.listen();
      await server.connect();
      await server.send("data");
    },
  }),
  scene({
    ...arrow("SYN_SENT", "CLOSED", { end: "client", of: "client close" }),
    mode: "stepped",
    async play({ client, server, wire }) {
      await server.listen();
      await client.connect();
      await wire.drop("SYN");
      await client.close();
    },
  }),
  scene({
    id: "shutdown-in-syn-sent",
    title: "In SYN_SENT shutdown() of both directions gives up the opening.",
    mode: "stepped",
    claims: SYN_SENT_SHUT_DOWN,
    async play({ client, server, wire }) {
      await server.listen();
      await client.connect();
      await wire.drop("SYN");
      await client.shutdown("both");
    },
  }),
  scene({
    ...arrow("SYN_SENT", "SYN_RCVD", { end: "client", of: "deliver SYN" }),
    mode: "stepped",
    async play({ client, server, wire }) {
      await client.connect(); // no socket waits at the server yet: the kernel answers RST ACK
      await wire.drop("RST ACK");
      await server.connect();
      await wire.drop("SYN", { from: "client" });
      await wire.deliver("SYN");
    },
  }),
  scene({
    ...arrow("SYN_SENT", "ESTABLISHED", { end: "client", of: "deliver SYN ACK" }),
    mode: "stepped",
    async play({ client, server, wire }) {
      await server.listen();
      await client.connect();
      await wire.deliver("SYN");
      await wire.deliver("SYN ACK");
    },
  }),
  scene({
    ...arrow(
      "SYN_RCVD",
      "LISTEN",
      {
        end: "server",
        of: "forge client RST",
        socket: "listener",
        deviates: true,
        explanation:
          "On Linux the connection that gets the RST is a request beside the listener. The request vanishes; the listener never left LISTEN, so there is nothing to return.",
      },
      REQUEST_VANISHES,
    ),
    mode: "stepped",
    async play({ client, server, wire }) {
      await server.listen();
      await client.connect();
      await wire.deliver("SYN");
      await wire.drop("SYN ACK");
      await wire.forge("client", "RST");
    },
  }),
  scene({
    ...arrow("SYN_RCVD", "ESTABLISHED", { end: "server", of: "deliver ACK", condition: REQUEST_IS_KEPT }),
    mode: "stepped",
    async play({ client, server, wire }) {
      await server.listen();
      await client.connect();
      await wire.deliver("SYN");
      await wire.deliver("SYN ACK");
      await wire.deliver("ACK");
    },
  }),
  scene({
    ...arrow("SYN_RCVD", "FIN_WAIT_1", { end: "client", of: "client close" }),
    mode: "stepped",
    mayNotPause: true, // after a repeated SYN the congestion window holds the FIN back
    async play({ client, server, wire }) {
      await client.connect();
      await wire.drop("RST ACK");
      await server.connect();
      await wire.drop("SYN", { from: "client" });
      await wire.deliver("SYN"); // the SYNs cross: the client is SYN_RCVD, and has a socket to close
      await wire.drop("SYN ACK");
      await client.close();
    },
  }),
  scene({
    id: "deferred-shutdown",
    title: "In SYN_RCVD shutdown() is put off until the SYN is acknowledged.",
    mode: "stepped",
    mayNotPause: true,
    claims: DEFERRED_SHUTDOWN,
    async play({ client, server, wire }) {
      await client.connect();
      await wire.drop("RST ACK");
      await server.connect();
      await wire.deliver("SYN", { from: "client" });
      await wire.deliver("SYN", { from: "server" });
      await wire.drop("SYN ACK", { from: "server" });
      await client.shutdown();
      await wire.deliver("SYN ACK");
      await wire.deliver("ACK"); // the SYN in that SYN ACK repeats a number that was received before
      await wire.drop("FIN ACK");
    },
  }),
];
