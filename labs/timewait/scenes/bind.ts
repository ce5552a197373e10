// Who gets a port that a TIME_WAIT has: by bind(), and by a SYN between the same ports.

import { type Scene, scene } from "../../../src/lab/lab.ts";
import { BIND_AGAIN, EXPLICIT_BIND, NEWER_SYN } from "../claims/bind.ts";
import { closeServerFirst, closeUntilTimeWait, ESTABLISHED } from "./closing.ts";

export const BIND: readonly Scene[] = [
  scene({
    id: "explicit-bind",
    title: "A newcomer binds explicitly to a port in TIME_WAIT.",
    mode: "stepped",
    established: ESTABLISHED,
    sysctls: { "net.ipv4.tcp_tw_reuse": "1", "net.ipv4.tcp_timestamps": "1" },
    claims: EXPLICIT_BIND,
    async play(verbs) {
      await closeUntilTimeWait(verbs);
      await verbs.wire.flow();
      await verbs.time.pass("1.2 s");
      await verbs.others.bind("client");
    },
  }),
  scene({
    id: "bind-again",
    title: "A newcomer wants the server's port: over a LISTEN, and over its TIME_WAIT.",
    mode: "stepped",
    claims: BIND_AGAIN,
    async play({ client, server, wire, others }) {
      await server.listen();
      await others.bind("server");
      await others.bind("server", { reuseAddress: true });
      await client.connect();
      await wire.flow();
      await server.accept();
      await closeServerFirst({ client, server, wire });
      await server.close(); // the listener too: only the TIME_WAIT is left
      await others.bind("server");
      await others.bind("server", { reuseAddress: true });
    },
  }),
  scene({
    id: "newer-syn",
    title: "The server is in TIME_WAIT, and the client connects again from the same port.",
    mode: "free",
    claims: NEWER_SYN,
    async play({ client, server }) {
      await server.listen();
      await client.connect();
      await server.accept();
      await server.close();
      await client.receive(); // the end of the stream
      await client.close();
      await client.connect();
    },
  }),
];
