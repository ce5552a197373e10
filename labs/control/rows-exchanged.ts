// A control lab: the document's own table with two of its rows exchanged. The suite fails if the judge believes it.

import { type DocumentedPath, isSegmentRow } from "../../src/claims/path.ts";
import { lab, scene } from "../../src/lab/lab.ts";
import { THREE_WAY_HANDSHAKE } from "../handshake/claims/three-way-handshake.ts";

/** Each of the client's two rows is said of the moment that belongs to the other. */
const EXCHANGED: DocumentedPath = {
  ...THREE_WAY_HANDSHAKE,
  rows: THREE_WAY_HANDSHAKE.rows.map((row) => {
    if (isSegmentRow(row)) return row;
    if (row.client === "SYN_SENT") return { ...row, after: "deliver ACK" };
    return row.client === "ESTABLISHED" ? { ...row, after: "client connect" } : row;
  }),
};

export default lab({
  id: "control-rows-exchanged",
  question: "Is the client ESTABLISHED first and SYN_SENT afterwards? (It is not.)",
  scenes: [
    scene({
      id: "handshake",
      title: "A handshake.",
      mode: "stepped",
      documented: EXCHANGED,
      async play({ client, server, wire }) {
        await server.listen();
        await client.connect();
        await wire.deliver("SYN");
        await wire.deliver("SYN ACK");
        await wire.deliver("ACK");
      },
    }),
  ],
});
