// Half-close: one direction is closed, the other goes on; and what becomes of a connection that nobody closes.

import { lab, scene } from "../../src/lab/lab.ts";
import {
  CLOSED_BY_NODE,
  FORGOTTEN_CLOSE,
  HALF_OPEN_IN_NODE,
  ONE_MEBIBYTE,
  SERVER_GOES_ON,
  SHUT_RECEIVING,
} from "./claims/half-close.ts";

const ESTABLISHED = { client: 100, server: 200 } as const;
const MEBIBYTE = 1 << 20;

export default lab({
  id: "half-close",
  question: "What may each end still do when one direction is closed, and what if the other never is?",
  scenes: [
    scene({
      id: "server-goes-on",
      title: "The client ends its sending side; the server sends a little more, and then closes.",
      mode: "stepped",
      established: ESTABLISHED,
      claims: SERVER_GOES_ON,
      async play({ client, server, wire }) {
        await client.shutdown();
        await wire.deliver("FIN ACK");
        await wire.deliver("ACK");
        await server.receive();
        await server.send("a little");
        await wire.deliver("PSH ACK");
        await client.receive();
        await wire.deliver("ACK", { from: "client" });
        await client.send("too late");
        await server.shutdown();
        await wire.deliver("FIN ACK");
        await wire.deliver("ACK", { from: "client" });
      },
    }),
    scene({
      id: "one-mebibyte",
      title: "The same with 1 MiB, which flows freely.",
      mode: "stepped",
      claims: ONE_MEBIBYTE,
      async play({ client, server, wire }) {
        await server.listen();
        await client.connect();
        await wire.flow();
        await server.accept();
        await client.shutdown();
        await wire.flow();
        await server.transfer(MEBIBYTE, client);
        await server.shutdown();
        await wire.flow();
      },
    }),
    scene({
      id: "node-half-open",
      title: "With plain node:net and allowHalfOpen.",
      mode: "free",
      claims: HALF_OPEN_IN_NODE,
      async play({ client, server, time }) {
        await server.listen({ allowHalfOpen: true });
        await client.connect();
        await server.accept();
        await client.shutdown();
        await time.pass("100 ms");
        await server.send(MEBIBYTE);
        await client.receive(MEBIBYTE);
        await server.close();
        await client.receive(); // the end of the stream
      },
    }),
    scene({
      id: "node-default",
      title: "With plain node:net as it comes, without allowHalfOpen at the server.",
      mode: "free",
      claims: CLOSED_BY_NODE,
      async play({ client, server }) {
        await server.listen({ allowHalfOpen: false });
        await client.connect();
        await server.accept();
        await client.shutdown();
        await client.receive(); // the end of the stream: Node has ended the server's side by itself
        await server.send("more");
      },
    }),
    scene({
      id: "receiving-side",
      title: "The client shuts its receiving side down; the server sends all the same.",
      mode: "stepped",
      established: ESTABLISHED,
      claims: SHUT_RECEIVING,
      async play({ client, server, wire }) {
        await client.shutdown("receiving");
        await client.receive();
        await server.send("late");
        await wire.deliver("PSH ACK");
        await client.receive();
        await wire.deliver("ACK");
      },
    }),
    scene({
      id: "forgotten-close",
      title: "The server's program forgets to close.",
      mode: "stepped",
      established: ESTABLISHED,
      sysctls: { "net.ipv4.tcp_fin_timeout": "1" },
      mayNotPause: true, // an orphan waits for 3.5 retransmission timeouts at least (tcp_fin_time), and a slow ACK makes those long
      claims: FORGOTTEN_CLOSE,
      async play({ client, server, wire, time }) {
        await client.close();
        await wire.deliver("FIN ACK");
        await wire.deliver("ACK");
        await time.pass("4 s");
        await server.send("at last"); // nobody is there any more, so no gate holds it
        await wire.deliver("RST");
      },
    }),
  ],
});
