// What tcp_fin_timeout really governs: FIN_WAIT_2.

import { type Scene, scene } from "../../../src/lab/lab.ts";
import { HELD_OPEN, ORPHAN } from "../claims/fin-wait-2.ts";
import { ESTABLISHED } from "./closing.ts";

export const FIN_WAIT_2: readonly Scene[] = [
  scene({
    id: "orphan",
    title: "The client's program closes, and the server never does.",
    mode: "stepped",
    established: ESTABLISHED,
    sysctls: { "net.ipv4.tcp_fin_timeout": "6" },
    claims: ORPHAN,
    async play({ client, wire, time }) {
      await client.close();
      await wire.deliver("FIN ACK");
      await wire.deliver("ACK");
      await time.pass("3 s");
      await time.pass("5 s");
    },
  }),
  scene({
    id: "held-open",
    title: "The client only shuts its sending side down, and the server never closes.",
    mode: "stepped",
    established: ESTABLISHED,
    sysctls: { "net.ipv4.tcp_fin_timeout": "2" },
    claims: HELD_OPEN,
    async play({ client, wire, time }) {
      await client.shutdown();
      await wire.deliver("FIN ACK");
      await wire.deliver("ACK");
      await time.pass("5 s");
    },
  }),
];
