// RFC 9293 figure 5: every arrow of the state machine, each in a short scene of its own, and its notes 2 and 3.

import { arrow } from "../../src/claims/arrows.ts";
import { lab, scene } from "../../src/lab/lab.ts";
import { SELF_CONNECT, TRACEPOINT_CANNOT_NAME } from "./claims/beyond-figure-5.ts";
import { CLOSING } from "./scenes/closing.ts";
import { OPENING } from "./scenes/opening.ts";
import { RESETTING } from "./scenes/resetting.ts";

export default lab({
  id: "states",
  question: "Does the kernel go every arrow of RFC 9293's state machine, and what does it do where it does not?",
  scenes: [
    ...OPENING,
    ...CLOSING,
    ...RESETTING,
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
        of: "pass 65.5 s",
        explanation:
          "Linux's 2MSL is a constant 60 s; its timer wheel rounds up to at most 65.2 s (CONFIG_HZ=100) and 62.1 s (CONFIG_HZ=250). lab:timewait measures it.",
      }),
      mode: "stepped",
      takes: "65.5 s",
      established: { client: 100, server: 200 },
      async play({ client, server, wire, time }) {
        await client.shutdown();
        await wire.deliver("FIN ACK");
        await wire.deliver("ACK");
        await server.shutdown();
        await wire.deliver("FIN ACK");
        await wire.deliver("ACK", { from: "client" });
        await time.pass("65.5 s");
      },
    }),
  ],
});
