// The three-way handshake of the document, replayed with its own numbers.

import { lab, scene } from "../../src/lab/lab.ts";
import { A_CHECKS, B_CHECKS } from "./claims/checks.ts";
import { EQUAL_NUMBERS } from "./claims/equal-numbers.ts";
import { LASTING_STATES, stepsChangeNothing } from "./claims/free-handshake.ts";
import { RANDOM_INITIAL_NUMBERS, WRAP } from "./claims/initial-numbers.ts";
import { IN_FLIGHT, IN_LOCKSTEP } from "./claims/sequence-numbers.ts";
import {
  ABSOLUTE_NUMBERS,
  ESTABLISHED_ONE_AFTER_THE_OTHER,
  REQUEST_AND_RESPONSE,
  THREE_WAY_HANDSHAKE,
} from "./claims/three-way-handshake.ts";

export default lab({
  id: "handshake",
  question: "Which segments open a connection, and which state is each end in after each of them?",
  scenes: [
    scene({
      id: "documented-numbers",
      title: "The handshake segment by segment; the client's initial number is the document's 1234567.",
      mode: "stepped",
      isn: { client: 1_234_567 },
      documented: THREE_WAY_HANDSHAKE,
      claims: [...ESTABLISHED_ONE_AFTER_THE_OTHER, ...ABSOLUTE_NUMBERS, ...REQUEST_AND_RESPONSE, ...IN_LOCKSTEP],
      async play({ client, server, wire }) {
        await server.listen();
        await client.connect(); // the SYN leaves, and is held
        await wire.deliver("SYN"); // server: SYN_RCVD
        await wire.deliver("SYN ACK"); // client: ESTABLISHED, server still SYN_RCVD
        await wire.deliver("ACK"); // server: ESTABLISHED
      },
    }),
    scene({
      id: "equal-numbers",
      title: "Both ends start with 1234567: they open at the same time, and their SYNs cross.",
      mode: "stepped",
      isn: { client: 1_234_567, server: 1_234_567 },
      claims: EQUAL_NUMBERS,
      async play({ client, server, wire }) {
        await client.connect(); // no socket waits at the server yet: the kernel answers RST ACK
        await wire.drop("RST ACK");
        await server.connect();
        await wire.deliver("SYN", { from: "client" }); // server: SYN_RCVD
        await wire.deliver("SYN", { from: "server" }); // client: SYN_RCVD
        await wire.deliver("SYN ACK", { from: "client" });
        await wire.deliver("SYN ACK", { from: "server" });
        await wire.deliver("ACK", { from: "client" });
        await wire.deliver("ACK", { from: "server" });
      },
    }),
    scene({
      id: "client-checks",
      title: "The client gets a SYN ACK with a wrong ack, then one without ACK.",
      mode: "stepped",
      claims: A_CHECKS,
      async play({ client, server, wire }) {
        await server.listen();
        await client.connect();
        await wire.deliver("SYN");
        await wire.alter("SYN ACK", { ackPlus: 1 }, { keep: true });
        await wire.drop("RST");
        await wire.alter("SYN ACK", { flags: "SYN" });
      },
    }),
    scene({
      id: "server-checks",
      title: "The server gets a third segment with a wrong ack, then one without ACK.",
      mode: "stepped",
      claims: B_CHECKS,
      async play({ client, server, wire }) {
        await server.listen();
        await client.connect();
        await wire.deliver("SYN");
        await wire.deliver("SYN ACK");
        await wire.alter("ACK", { ackPlus: 1 });
        await wire.drop("RST");
        await wire.forge("client", "PSH");
      },
    }),
    scene({
      id: "wrap",
      title: "The client starts with the last sequence number there is.",
      mode: "stepped",
      isn: { client: 4_294_967_295 },
      claims: WRAP,
      async play({ client, server, wire }) {
        await server.listen();
        await client.connect();
        await wire.deliver("SYN");
        await wire.deliver("SYN ACK");
        await wire.deliver("ACK");
      },
    }),
    scene({
      id: "two-in-flight",
      title: "Two segments of five octets are on the way at once, and the server answers both.",
      mode: "stepped",
      claims: IN_FLIGHT,
      async play({ client, server, wire }) {
        await server.listen();
        await client.connect();
        await wire.deliver("SYN");
        await wire.deliver("SYN ACK");
        await wire.deliver("ACK");
        await server.accept();
        await client.setOption("TCP_NODELAY", 1);
        await client.send("first");
        await client.send("other");
        await wire.deliver("PSH ACK");
        await wire.deliver("PSH ACK");
        await server.receive();
        await server.send("answer");
        await wire.deliver("PSH ACK", { from: "server" });
        await wire.flow();
      },
    }),
    scene({
      id: "initial-numbers",
      title: "200 connections are opened freely, to look at the numbers they start with.",
      mode: "free",
      claims: RANDOM_INITIAL_NUMBERS,
      async play({ client, server }) {
        await server.listen();
        await client.openAndAbort(200);
      },
    }),
    scene({
      id: "free",
      title: "The same opening with plain node:net, at its own pace.",
      mode: "free",
      claims: [...LASTING_STATES, ...stepsChangeNothing("documented-numbers")],
      async play({ client, server }) {
        await server.listen();
        await client.connect();
        await server.accept();
      },
    }),
  ],
});
