// Every state meets every segment: at five places of the sequence number, with three acknowledgements, with and without timestamps.

import { cellScene } from "../../src/lab/cell-scene.ts";
import { lab, scene } from "../../src/lab/lab.ts";
import { CELL_TABLES } from "../../src/rfc-model/cells/cell-table.ts";
import { RATE_LIMITED } from "./claims/rate-limits.ts";

export default lab({
  id: "matrix",
  question: "What does each state answer to each segment, and what becomes of it?",
  scenes: [
    ...CELL_TABLES.map((table) => cellScene(table)),
    scene({
      id: "rate-limits-closed",
      title: "Two SYNs within half a second to one ESTABLISHED connection, with Linux's rate limits as they are.",
      mode: "stepped",
      sysctls: { "net.ipv4.tcp_invalid_ratelimit": "500" },
      claims: RATE_LIMITED,
      async play({ client, server, wire }) {
        await server.listen();
        await client.connect();
        await wire.deliver("SYN");
        await wire.deliver("SYN ACK");
        await wire.deliver("ACK");
        await wire.forge("server", "SYN");
        await wire.drop("ACK", { from: "client" });
        await wire.forge("server", "SYN");
      },
    }),
  ],
});
