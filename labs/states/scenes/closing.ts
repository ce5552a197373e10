// From ESTABLISHED on: every arrow by which a connection is closed in good order, and note 2; TIME_WAIT takes a minute to end and comes last.

import { arrow, note2 } from "../../../src/claims/arrows.ts";
import { scene } from "../../../src/lab/lab.ts";
import { CLOSED_BY_DESCRIPTOR, CLOSING_AT_BOTH } from "../claims/beyond-figure-5.ts";

/** Where the opening is not the question: both ends begin in ESTABLISHED, with these numbers to send next. */
const ESTABLISHED = { client: 100, server: 200 } as const;

export const CLOSING = [
  scene({
    ...arrow("ESTABLISHED", "FIN_WAIT_1", { end: "client", of: "client shutdown" }),
    mode: "stepped",
    established: ESTABLISHED,
    async play({ client }) {
      await client.shutdown();
    },
  }),
  scene({
    ...arrow("ESTABLISHED", "CLOSE_WAIT", { end: "server", of: "deliver FIN ACK" }),
    mode: "stepped",
    established: ESTABLISHED,
    async play({ client, wire }) {
      await client.shutdown();
      await wire.deliver("FIN ACK");
      await wire.drop("ACK"); // it may be delayed: here the wire waits for it
    },
  }),
  scene({
    ...arrow("FIN_WAIT_1", "FIN_WAIT_2", { end: "client", of: "deliver ACK" }),
    mode: "stepped",
    established: ESTABLISHED,
    async play({ client, wire }) {
      await client.shutdown();
      await wire.deliver("FIN ACK");
      await wire.deliver("ACK");
    },
  }),
  scene({
    ...arrow("FIN_WAIT_1", "CLOSING", { end: "client", of: "deliver server FIN ACK" }, CLOSING_AT_BOTH),
    mode: "stepped",
    established: ESTABLISHED,
    async play({ client, server, wire }) {
      await client.shutdown();
      await server.shutdown();
      await wire.deliver("FIN ACK", { from: "client" });
      await wire.deliver("FIN ACK", { from: "server" });
      await wire.drop("ACK", { from: "server" });
    },
  }),
  scene({
    ...arrow("FIN_WAIT_2", "TIME_WAIT", { end: "client", of: "deliver FIN ACK #2" }),
    mode: "stepped",
    established: ESTABLISHED,
    async play({ client, server, wire }) {
      await client.shutdown();
      await wire.deliver("FIN ACK");
      await wire.deliver("ACK");
      await server.shutdown();
      await wire.deliver("FIN ACK");
    },
  }),
  scene({
    ...arrow("CLOSING", "TIME_WAIT", { end: "client", of: "deliver server ACK" }),
    mode: "stepped",
    established: ESTABLISHED,
    async play({ client, server, wire }) {
      await client.shutdown();
      await server.shutdown();
      await wire.deliver("FIN ACK", { from: "client" });
      await wire.deliver("FIN ACK", { from: "server" });
      await wire.deliver("ACK", { from: "server" });
      await wire.drop("ACK", { from: "client" });
    },
  }),
  scene({
    ...arrow("CLOSE_WAIT", "LAST_ACK", { end: "server", of: "server shutdown" }),
    mode: "stepped",
    established: ESTABLISHED,
    async play({ client, server, wire }) {
      await client.shutdown();
      await wire.deliver("FIN ACK");
      await wire.drop("ACK");
      await server.shutdown();
    },
  }),
  scene({
    ...arrow("LAST_ACK", "CLOSED", { end: "server", of: "deliver client ACK" }, CLOSED_BY_DESCRIPTOR),
    mode: "stepped",
    established: ESTABLISHED,
    async play({ client, server, wire }) {
      await client.shutdown();
      await wire.deliver("FIN ACK");
      await wire.deliver("ACK");
      await server.shutdown();
      await wire.deliver("FIN ACK");
      await wire.deliver("ACK", { from: "client" });
    },
  }),
  scene({
    ...note2({ end: "client", of: "deliver server FIN ACK" }),
    mode: "stepped",
    established: ESTABLISHED,
    async play({ client, server, wire }) {
      await client.shutdown();
      await wire.deliver("FIN ACK");
      await wire.drop("ACK"); // so the server's FIN is the first that tells the client of it
      await server.shutdown();
      await wire.deliver("FIN ACK", { from: "server" });
    },
  }),
];
