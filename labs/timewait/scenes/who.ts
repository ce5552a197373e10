// Who has TIME_WAIT after a close, and who has not.

import { type Scene, scene } from "../../../src/lab/lab.ts";
import { CLIENT_FIRST, LINGER_ZERO, PROCESS_GONE, SERVER_FIRST, TOGETHER, UNREAD_DATA } from "../claims/who.ts";
import { ESTABLISHED } from "./closing.ts";

export const WHO: readonly Scene[] = [
  scene({
    id: "client-first",
    title: "The client closes first.",
    mode: "stepped",
    established: ESTABLISHED,
    claims: CLIENT_FIRST,
    async play({ client, server, wire }) {
      await client.shutdown();
      await wire.deliver("FIN ACK");
      await wire.deliver("ACK");
      await server.shutdown();
      await wire.deliver("FIN ACK"); // client: TIME_WAIT
      await wire.deliver("ACK"); // server: CLOSED
    },
  }),
  scene({
    id: "server-first",
    title: "The server closes first.",
    mode: "stepped",
    established: ESTABLISHED,
    claims: SERVER_FIRST,
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
    id: "together",
    title: "Both ends close at once: their FINs cross on the wire.",
    mode: "stepped",
    established: ESTABLISHED,
    claims: TOGETHER,
    async play({ client, server, wire }) {
      await client.shutdown();
      await server.shutdown();
      await wire.deliver("FIN ACK", { from: "client" });
      await wire.deliver("FIN ACK", { from: "server" });
      await wire.deliver("ACK", { from: "server" });
      await wire.deliver("ACK", { from: "client" });
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
    },
  }),
  scene({
    id: "unread-data",
    title: "The client closes with data that it has not read.",
    mode: "stepped",
    established: ESTABLISHED,
    claims: UNREAD_DATA,
    async play({ client, server, wire }) {
      await server.send("unread");
      await wire.deliver("PSH ACK");
      await wire.deliver("ACK");
      await client.close();
      await wire.deliver("RST ACK");
      await server.receive();
    },
  }),
  scene({
    id: "process-gone",
    title: "The client's program connects, closes and exits; then the server closes.",
    mode: "free",
    claims: PROCESS_GONE,
    async play({ client, server }) {
      await server.listen();
      await client.runProgram();
      await server.accept();
      await server.close();
    },
  }),
];
