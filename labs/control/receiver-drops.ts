// A control lab: the receiver has room for a part of what its window had promised, and drops the rest that the wire hands on.

import { comesBackWith } from "../../src/claims/shorthand.ts";
import { lab, scene } from "../../src/lab/lab.ts";

const OCTETS = 1 << 16;
/** Octets; the kernel doubles it (socket(7)). The window of 64 KiB was announced before, and no window is taken back. */
const SMALL = 4096;

export default lab({
  id: "control-receiver-drops",
  question: "Does all come where the receiver has dropped a part, and the sender has sent it again? (It must.)",
  scenes: [
    scene({
      id: "small-buffer",
      title: "After the handshake the client's receive buffer becomes small.",
      mode: "stepped",
      mtu: 1500,
      claims: [
        comesBackWith("all-received", "All of 64 KiB is received.", "server transfer", `${OCTETS} octets`, {
          source: "rfc9293",
          cite: "RFC 9293 §3.8.1",
        }),
      ],
      async play({ client, server, wire }) {
        await server.listen();
        await client.connect();
        await wire.flow();
        await server.accept();
        await client.setOption("SO_RCVBUF", SMALL);
        await server.transfer(OCTETS, client);
      },
    }),
  ],
});
