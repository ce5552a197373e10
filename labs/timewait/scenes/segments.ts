// What arrives in TIME_WAIT, and what may end it before its time.

import { type Scene, type SteppedVerbs, scene } from "../../../src/lab/lab.ts";
import { DATA_FOR_AN_ORPHAN, DESTROYED, SPARING_ANSWERS } from "../claims/answers.ts";
import {
  ASSASSINATION,
  ASSASSINATION_BY_OLD_DUPLICATE,
  ASSASSINATION_FORBIDDEN,
  LAST_ACK_HELD,
  NEW_INCARNATION,
  OLD_DUPLICATE,
} from "../claims/segments.ts";
import { closeServerFirst, closeUntilTimeWait, ESTABLISHED } from "./closing.ts";

export const SEGMENTS: readonly Scene[] = [
  scene({
    id: "last-ack-held",
    title: "The last ACK is held for four seconds.",
    mode: "stepped",
    established: ESTABLISHED,
    claims: LAST_ACK_HELD,
    async play(verbs) {
      await closeUntilTimeWait(verbs);
      await verbs.time.pass("4 s"); // the FIN is repeated, and reaches TIME_WAIT at once
      await verbs.wire.deliver("ACK");
    },
  }),
  scene({
    id: "assassination",
    title: "A RST arrives in TIME_WAIT: first elsewhere in the window, then at RCV.NXT.",
    mode: "stepped",
    established: ESTABLISHED,
    sysctls: { "net.ipv4.tcp_rfc1337": "0" },
    claims: ASSASSINATION,
    play: assassinate,
  }),
  scene({
    id: "assassination-forbidden",
    title: "The same with tcp_rfc1337=1.",
    mode: "stepped",
    established: ESTABLISHED,
    sysctls: { "net.ipv4.tcp_rfc1337": "1" },
    claims: ASSASSINATION_FORBIDDEN,
    play: assassinate,
  }),
  scene({
    id: "old-duplicate",
    title: "Data that the server sent long ago turns up once more, in TIME_WAIT; tcp_rfc1337=1.",
    mode: "stepped",
    established: ESTABLISHED,
    sysctls: { "net.ipv4.tcp_rfc1337": "1" },
    claims: OLD_DUPLICATE,
    play: (verbs) => replayInTimeWait(verbs, "4 s"),
  }),
  scene({
    id: "assassination-by-old-duplicate",
    title: "The same with tcp_rfc1337=0.",
    mode: "stepped",
    established: ESTABLISHED,
    sysctls: { "net.ipv4.tcp_rfc1337": "0" },
    claims: ASSASSINATION_BY_OLD_DUPLICATE,
    play: (verbs) => replayInTimeWait(verbs, "100 ms"),
  }),
  scene({
    id: "new-incarnation",
    title: "Data of an old connection turns up in a new one between the same ports.",
    mode: "stepped",
    claims: NEW_INCARNATION,
    async play({ client, server, wire }) {
      await server.listen();
      await client.connect();
      await wire.flow();
      await server.accept();
      await client.send("old data");
      await wire.flow();
      await server.receive();
      await closeServerFirst({ client, server, wire });
      await client.renew();
      await client.connect(); // reaches the server's TIME_WAIT at once, which makes room for it
      await wire.flow();
      await server.accept();
      await wire.replay("PSH ACK", { from: "client" });
      await server.receive();
    },
  }),
  scene({
    id: "sparing-answers",
    title: "Segments with an old number arrive in TIME_WAIT, one soon after the other.",
    mode: "stepped",
    established: ESTABLISHED,
    // Longer than the default 500 ms, so that a busy machine plays the scene well within it.
    sysctls: { "net.ipv4.tcp_invalid_ratelimit": "5000", "net.ipv4.tcp_rfc1337": "1" },
    claims: SPARING_ANSWERS,
    async play(verbs) {
      const { wire } = verbs;
      await closeUntilTimeWait(verbs);
      await wire.flow();
      await wire.forge("server", "ACK", { seqPlus: -1 });
      await wire.forge("server", "ACK", { seqPlus: -1 });
      await wire.forge("server", "PSH ACK", { seqPlus: -4, payload: "old" });
    },
  }),
  scene({
    id: "data-for-an-orphan",
    title: "The server sends to a client whose program closed in the meantime.",
    mode: "stepped",
    established: ESTABLISHED,
    claims: DATA_FOR_AN_ORPHAN,
    async play({ client, server, wire }) {
      await client.close();
      await wire.deliver("FIN ACK");
      await wire.deliver("ACK"); // an orphan in FIN_WAIT_2, which no gate guards
      await server.send("too late");
    },
  }),
  scene({
    id: "destroyed",
    title: "Somebody ends a TIME_WAIT from outside.",
    mode: "stepped",
    established: ESTABLISHED,
    claims: DESTROYED,
    async play(verbs) {
      await closeUntilTimeWait(verbs);
      await verbs.wire.flow();
      await verbs.others.destroy("client");
    },
  }),
];

async function assassinate(verbs: SteppedVerbs): Promise<void> {
  await closeUntilTimeWait(verbs);
  await verbs.wire.flow();
  await verbs.wire.forge("server", "RST", { seqPlus: 1000 });
  await verbs.wire.forge("server", "RST");
}

async function replayInTimeWait(verbs: SteppedVerbs, later: string): Promise<void> {
  const { client, server, wire, time } = verbs;
  await server.send("old data");
  await wire.deliver("PSH ACK");
  await client.receive();
  await wire.flow();
  await closeUntilTimeWait(verbs);
  await wire.flow(); // the server hears the last ACK and is CLOSED
  await time.pass(later);
  await wire.replay("PSH ACK", { from: "server" });
}
