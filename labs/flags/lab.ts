// The flags: each seen in its role, and seen absent where it has none.

import { lab, scene } from "../../src/lab/lab.ts";
import {
  EACH_IN_ITS_ROLE,
  EXPLICIT_CONGESTION,
  PSH_IN_A_LONG_WRITE,
  RST_FOR_A_SYN,
  RST_FOR_AN_ACK,
} from "./claims/flags.ts";
import { INLINE, OUT_OF_BAND } from "./claims/urgent-data.ts";

const ESTABLISHED = { client: 100, server: 200 } as const;

export default lab({
  id: "flags",
  question: "Which flags does a segment carry, what is each for, and where is it absent?",
  scenes: [
    scene({
      id: "orderly-connection",
      title: "An opening, a write and a close.",
      mode: "stepped",
      claims: EACH_IN_ITS_ROLE,
      async play({ client, server, wire }) {
        await server.listen();
        await client.connect();
        await wire.deliver("SYN");
        await wire.deliver("SYN ACK");
        await wire.deliver("ACK");
        await server.accept();
        await client.send("data");
        await wire.deliver("PSH ACK");
        await server.receive();
        await wire.deliver("ACK", { from: "server" });
        await client.shutdown();
        await wire.deliver("FIN ACK");
        await wire.deliver("ACK", { from: "server" });
        await server.shutdown();
        await wire.deliver("FIN ACK");
        await wire.deliver("ACK", { from: "client" });
      },
    }),
    scene({
      id: "long-write",
      title: "The client writes 40 000 octets at once, in segments of at most 1448.",
      mode: "stepped",
      mtu: 1500,
      // One write needs room in the send buffer, and PSH comes where half the window that the peer offered is written.
      sysctls: {
        "net.ipv4.tcp_wmem": "4096 262144 4194304",
        "net.ipv4.tcp_rmem": "4096 131072 6291456",
        "net.ipv4.tcp_notsent_lowat": "4294967295",
      },
      claims: PSH_IN_A_LONG_WRITE,
      async play({ client, server, wire }) {
        await server.listen();
        await client.connect();
        await wire.flow();
        await server.accept();
        await client.send(40_000);
        await wire.flow();
      },
    }),
    scene({
      id: "urgent-out-of-band",
      title: "The client marks the last of four octets as urgent; the server reads it out of band.",
      mode: "stepped",
      established: ESTABLISHED,
      claims: OUT_OF_BAND,
      async play({ client, server, wire }) {
        await client.send("abc!", { urgent: true });
        await wire.deliver("PSH URG ACK");
        await wire.drop("ACK");
        await server.atMark();
        await server.receive();
        await server.atMark();
        await server.receiveUrgent();
        await server.receive();
      },
    }),
    scene({
      id: "urgent-inline",
      title: "The same, with SO_OOBINLINE at the server.",
      mode: "stepped",
      established: ESTABLISHED,
      claims: INLINE,
      async play({ client, server, wire }) {
        await server.setOption("SO_OOBINLINE", 1);
        await client.send("abc!", { urgent: true });
        await wire.deliver("PSH URG ACK");
        await wire.drop("ACK");
        await server.atMark();
        await server.receive();
        await server.atMark();
        await server.receive();
        await server.receiveUrgent();
      },
    }),
    scene({
      id: "rst-for-a-syn",
      title: "A SYN meets no socket.",
      mode: "stepped",
      isn: { client: 100 },
      claims: RST_FOR_A_SYN,
      async play({ client, wire }) {
        await client.connect();
        await wire.drop("RST ACK");
      },
    }),
    scene({
      id: "rst-for-an-ack",
      title: "The server aborts and its RST is lost; then the client's data meets no socket.",
      mode: "stepped",
      established: ESTABLISHED,
      claims: RST_FOR_AN_ACK,
      async play({ client, server, wire }) {
        await server.abort();
        await wire.drop("RST ACK");
        await client.send("data"); // no socket is there to receive it, so no gate holds it
        await wire.drop("RST");
      },
    }),
    scene({
      id: "explicit-congestion",
      title: "Both ends know explicit congestion notification, and the client asks for it.",
      mode: "stepped",
      sysctls: { "net.ipv4.tcp_ecn": "1" },
      mayNotPause: true, // a SYN that had to be repeated is taken for congestion: the next data then carries CWR
      claims: EXPLICIT_CONGESTION,
      async play({ client, server, wire }) {
        await server.listen();
        await client.connect();
        await wire.deliver("SYN ECE CWR");
        await wire.deliver("SYN ACK ECE");
        await wire.deliver("ACK");
        await server.accept();
        await client.send("data");
        await wire.deliver("PSH ACK");
        await wire.drop("ACK", { from: "server" });
      },
    }),
  ],
});
