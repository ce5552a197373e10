// Note 3, both halves: a RST that is received, and one that is sent.

import { note3Receiving, note3Sending } from "../../../src/claims/arrows.ts";
import { scene } from "../../../src/lab/lab.ts";
import { resetScene } from "../../../src/lab/reset-scene.ts";
import { ABORT_SENDS, UNREAD_DATA } from "../claims/beyond-figure-5.ts";

/** Where the opening is not the question: both ends begin in ESTABLISHED, with these numbers to send next. */
const ESTABLISHED = { client: 100, server: 200 } as const;

export const RESETTING = [
  scene(resetScene(note3Receiving)),
  scene({
    ...note3Sending(
      {
        end: "client",
        of: "client abort",
        deviates: true,
        explanation:
          "RFC 9293 would have the sender of a RST wait in TIME-WAIT, since that spares busy servers. Linux forgets the connection at once, whether a program asks for it (SO_LINGER with 0 seconds) or closes with data unread.",
      },
      ABORT_SENDS,
    ),
    mode: "stepped",
    established: ESTABLISHED,
    async play({ client }) {
      await client.abort();
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
    },
  }),
];
