// RFC 9293 figure 5: every arrow of the state machine, each in a short scene of its own, and its notes 2 and 3.

import { resetScene } from "../src/lab/reset-scene.ts";
import { lab, scene } from "../src/lab.ts";
import { arrow, note2, note3Receiving, note3Sending } from "../src/spec/arrows.ts";
import {
  ABORT_SENDS,
  CLOSED_BY_DESCRIPTOR,
  CLOSING_AT_BOTH,
  DEFERRED_SHUTDOWN,
  LISTENER_BESIDE_REQUEST,
  LISTENER_SHUT_DOWN,
  NOT_FROM_LISTENER,
  REQUEST_VANISHES,
  SELF_CONNECT,
  SYN_SENT_SHUT_DOWN,
  TRACEPOINT_CANNOT_NAME,
  UNREAD_DATA,
} from "../src/spec/states.ts";

/** Where the opening is not the question: both ends begin in ESTABLISHED, with these numbers to send next. */
const ESTABLISHED = { client: 100, server: 200 } as const;

export default lab({
  id: "states",
  question: "Does the kernel go every arrow of RFC 9293's state machine, and what does it do where it does not?",
  scenes: [
    scene({
      ...arrow("CLOSED", "LISTEN", { end: "server", of: "server listen" }),
      mode: "stepped",
      async play({ server }) {
        await server.bind();
        await server.listen();
      },
    }),
    scene({
      ...arrow("CLOSED", "SYN_SENT", { end: "client", of: "client connect" }),
      mode: "stepped",
      async play({ client, server }) {
        await server.listen();
        await client.connect();
      },
    }),
    scene({
      ...arrow("LISTEN", "CLOSED", { end: "server", of: "server close" }, LISTENER_SHUT_DOWN),
      mode: "stepped",
      async play({ client, server }) {
        await server.listen();
        await server.close();
        await client.listen();
        await client.shutdown("both");
      },
    }),
    scene({
      ...arrow("LISTEN", "SYN_RCVD", { end: "server", of: "deliver SYN" }, LISTENER_BESIDE_REQUEST),
      mode: "stepped",
      async play({ client, server, wire }) {
        await server.listen();
        await client.connect();
        await wire.deliver("SYN");
      },
    }),
    scene({
      ...arrow(
        "LISTEN",
        "SYN_SENT",
        {
          end: "server",
          of: "server connect",
          deviates: true,
          explanation:
            "In RFC 9293 a SEND on a listening connection turns it into an active one (§3.10.2). Sockets offer no such thing: a listener stays a listener, connect() on it is refused with EISCONN and a write with EPIPE.",
        },
        NOT_FROM_LISTENER,
      ),
      mode: "stepped",
      async play({ server }) {
        await server.listen();
        await server.connect();
        await server.send("data");
      },
    }),
    scene({
      ...arrow("SYN_SENT", "CLOSED", { end: "client", of: "client close" }),
      mode: "stepped",
      async play({ client, server, wire }) {
        await server.listen();
        await client.connect();
        await wire.drop("SYN");
        await client.close();
      },
    }),
    scene({
      id: "shutdown-in-syn-sent",
      title: "In SYN_SENT shutdown() of both directions gives up the opening.",
      mode: "stepped",
      claims: SYN_SENT_SHUT_DOWN,
      async play({ client, server, wire }) {
        await server.listen();
        await client.connect();
        await wire.drop("SYN");
        await client.shutdown("both");
      },
    }),
    scene({
      ...arrow("SYN_SENT", "SYN_RCVD", { end: "client", of: "deliver SYN" }),
      mode: "stepped",
      async play({ client, server, wire }) {
        await client.connect(); // no socket waits at the server yet: the kernel answers RST ACK
        await wire.drop("RST ACK");
        await server.connect();
        await wire.drop("SYN", { from: "client" });
        await wire.deliver("SYN");
      },
    }),
    scene({
      ...arrow("SYN_SENT", "ESTABLISHED", { end: "client", of: "deliver SYN ACK" }),
      mode: "stepped",
      async play({ client, server, wire }) {
        await server.listen();
        await client.connect();
        await wire.deliver("SYN");
        await wire.deliver("SYN ACK");
      },
    }),
    scene({
      ...arrow(
        "SYN_RCVD",
        "LISTEN",
        {
          end: "server",
          of: "forge client RST",
          socket: "listener",
          deviates: true,
          explanation:
            "On Linux the connection that gets the RST is a request beside the listener. The request vanishes; the listener never left LISTEN, so there is nothing to return.",
        },
        REQUEST_VANISHES,
      ),
      mode: "stepped",
      async play({ client, server, wire }) {
        await server.listen();
        await client.connect();
        await wire.deliver("SYN");
        await wire.drop("SYN ACK");
        await wire.forge("client", "RST");
      },
    }),
    scene({
      ...arrow("SYN_RCVD", "ESTABLISHED", { end: "server", of: "deliver ACK" }),
      mode: "stepped",
      async play({ client, server, wire }) {
        await server.listen();
        await client.connect();
        await wire.deliver("SYN");
        await wire.deliver("SYN ACK");
        await wire.deliver("ACK");
      },
    }),
    scene({
      ...arrow("SYN_RCVD", "FIN_WAIT_1", { end: "client", of: "client close" }),
      mode: "stepped",
      swift: true, // after a repeated SYN the congestion window holds the FIN back
      async play({ client, server, wire }) {
        await client.connect();
        await wire.drop("RST ACK");
        await server.connect();
        await wire.drop("SYN", { from: "client" });
        await wire.deliver("SYN"); // the SYNs cross: the client is SYN_RCVD, and has a socket to close
        await wire.drop("SYN ACK");
        await client.close();
      },
    }),
    scene({
      id: "deferred-shutdown",
      title: "In SYN_RCVD shutdown() is put off until the SYN is acknowledged.",
      mode: "stepped",
      swift: true,
      claims: DEFERRED_SHUTDOWN,
      async play({ client, server, wire }) {
        await client.connect();
        await wire.drop("RST ACK");
        await server.connect();
        await wire.deliver("SYN", { from: "client" });
        await wire.deliver("SYN", { from: "server" });
        await wire.drop("SYN ACK", { from: "client" });
        await client.shutdown();
        await wire.deliver("SYN ACK");
        await wire.drop("FIN ACK");
        await wire.drop("ACK"); // the SYN in that SYN ACK repeats a number that was received before
      },
    }),
    scene({
      ...arrow("ESTABLISHED", "FIN_WAIT_1", { end: "client", of: "client shutdown" }),
      mode: "stepped",
      established: ESTABLISHED,
      async play({ client }) {
        await client.shutdown();
      },
    }),
    scene({
      ...arrow("ESTABLISHED", "CLOSE_WAIT", { end: "server", of: "deliver FIN ACK" }),
      mode: "stepped",
      established: ESTABLISHED,
      async play({ client, wire }) {
        await client.shutdown();
        await wire.deliver("FIN ACK");
        await wire.drop("ACK"); // it may be delayed: here the wire waits for it
      },
    }),
    scene({
      ...arrow("FIN_WAIT_1", "FIN_WAIT_2", { end: "client", of: "deliver ACK" }),
      mode: "stepped",
      established: ESTABLISHED,
      async play({ client, wire }) {
        await client.shutdown();
        await wire.deliver("FIN ACK");
        await wire.deliver("ACK");
      },
    }),
    scene({
      ...arrow("FIN_WAIT_1", "CLOSING", { end: "client", of: "deliver server FIN ACK" }, CLOSING_AT_BOTH),
      mode: "stepped",
      established: ESTABLISHED,
      async play({ client, server, wire }) {
        await client.shutdown();
        await server.shutdown();
        await wire.deliver("FIN ACK", { from: "client" });
        await wire.deliver("FIN ACK", { from: "server" });
        await wire.drop("ACK", { from: "server" });
      },
    }),
    scene({
      ...arrow("FIN_WAIT_2", "TIME_WAIT", { end: "client", of: "deliver FIN ACK #2" }),
      mode: "stepped",
      established: ESTABLISHED,
      async play({ client, server, wire }) {
        await client.shutdown();
        await wire.deliver("FIN ACK");
        await wire.deliver("ACK");
        await server.shutdown();
        await wire.deliver("FIN ACK");
      },
    }),
    scene({
      ...arrow("CLOSING", "TIME_WAIT", { end: "client", of: "deliver server ACK" }),
      mode: "stepped",
      established: ESTABLISHED,
      async play({ client, server, wire }) {
        await client.shutdown();
        await server.shutdown();
        await wire.deliver("FIN ACK", { from: "client" });
        await wire.deliver("FIN ACK", { from: "server" });
        await wire.deliver("ACK", { from: "server" });
        await wire.drop("ACK", { from: "client" });
      },
    }),
    scene({
      ...arrow("CLOSE_WAIT", "LAST_ACK", { end: "server", of: "server shutdown" }),
      mode: "stepped",
      established: ESTABLISHED,
      async play({ client, server, wire }) {
        await client.shutdown();
        await wire.deliver("FIN ACK");
        await wire.drop("ACK");
        await server.shutdown();
      },
    }),
    scene({
      ...arrow("LAST_ACK", "CLOSED", { end: "server", of: "deliver client ACK" }, CLOSED_BY_DESCRIPTOR),
      mode: "stepped",
      established: ESTABLISHED,
      async play({ client, server, wire }) {
        await client.shutdown();
        await wire.deliver("FIN ACK");
        await wire.deliver("ACK");
        await server.shutdown();
        await wire.deliver("FIN ACK");
        await wire.deliver("ACK", { from: "client" });
      },
    }),
    scene({
      ...note2({ end: "client", of: "deliver server FIN ACK" }),
      mode: "stepped",
      established: ESTABLISHED,
      async play({ client, server, wire }) {
        await client.shutdown();
        await wire.deliver("FIN ACK");
        await wire.drop("ACK"); // so the server's FIN is the first that tells the client of it
        await server.shutdown();
        await wire.deliver("FIN ACK", { from: "server" });
      },
    }),
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
    scene({
      id: "self-connect",
      title: "A program without any privilege opens and closes simultaneously: it connects to its own port.",
      mode: "free",
      claims: SELF_CONNECT,
      async play({ client }) {
        await client.connectToItself();
        await client.close();
        await client.receive(); // the end of the stream, which is its own
      },
    }),
    scene({
      id: "tracepoint",
      title: "An opening and a close, for what the kernel's own trace of state changes cannot name.",
      mode: "stepped",
      claims: TRACEPOINT_CANNOT_NAME,
      async play({ client, server, wire }) {
        await server.listen();
        await client.connect();
        await wire.deliver("SYN");
        await wire.deliver("SYN ACK");
        await wire.deliver("ACK");
        await server.accept();
        await client.shutdown();
        await wire.deliver("FIN ACK");
        await wire.deliver("ACK", { from: "server" });
        await server.shutdown();
        await wire.deliver("FIN ACK");
        await wire.drop("ACK", { from: "client" });
      },
    }),
    scene({
      ...arrow("TIME_WAIT", "CLOSED", {
        end: "client",
        of: "pass 66 s",
        explanation:
          "Linux's 2MSL is a constant 60 s; its timer wheel rounds up to at most 65.2 s (CONFIG_HZ=100) and 62.1 s (CONFIG_HZ=250). lab:timewait measures it.",
      }),
      mode: "stepped",
      takes: "66 s",
      established: ESTABLISHED,
      async play({ client, server, wire, time }) {
        await client.shutdown();
        await wire.deliver("FIN ACK");
        await wire.deliver("ACK");
        await server.shutdown();
        await wire.deliver("FIN ACK");
        await wire.deliver("ACK", { from: "client" });
        await time.pass("66 s");
      },
    }),
  ],
});
