// A control for the witnesses: every state at a known moment, so that each witness can be held against what must be true.

import type { SceneClaim } from "../../src/claims/claim.ts";
import { lab, scene } from "../../src/lab/lab.ts";
import { ENDS } from "../../src/tcp/end.ts";
import type { TcpState } from "../../src/tcp/state.ts";

/** After this step the client and the server are in these states. */
export type Moment = readonly [after: string, client: TcpState, server: TcpState];

export const OPEN_AND_CLOSE_TOGETHER: readonly Moment[] = [
  ["server listen", "CLOSED", "LISTEN"],
  ["client connect", "SYN_SENT", "LISTEN"],
  ["deliver SYN", "SYN_SENT", "SYN_RCVD"],
  ["deliver SYN ACK", "ESTABLISHED", "SYN_RCVD"],
  ["deliver ACK", "ESTABLISHED", "ESTABLISHED"],
  ["server accept", "ESTABLISHED", "ESTABLISHED"],
  ["client shutdown", "FIN_WAIT_1", "ESTABLISHED"],
  ["server shutdown", "FIN_WAIT_1", "FIN_WAIT_1"],
  ["deliver client FIN ACK", "FIN_WAIT_1", "CLOSING"],
  ["deliver server FIN ACK", "CLOSING", "CLOSING"],
  ["deliver server ACK", "TIME_WAIT", "CLOSING"],
  ["deliver client ACK", "TIME_WAIT", "TIME_WAIT"],
];

export const CLOSE_ONE_AFTER_THE_OTHER: readonly Moment[] = [
  ["client shutdown", "FIN_WAIT_1", "ESTABLISHED"],
  ["deliver FIN ACK", "FIN_WAIT_1", "CLOSE_WAIT"],
  ["deliver ACK", "FIN_WAIT_2", "CLOSE_WAIT"],
  ["server shutdown", "FIN_WAIT_2", "LAST_ACK"],
  ["deliver FIN ACK #2", "TIME_WAIT", "LAST_ACK"],
  ["deliver ACK #2", "TIME_WAIT", "CLOSED"],
];

const claimsOf = (moments: readonly Moment[]): readonly SceneClaim[] =>
  moments.flatMap(([after, client, server]) =>
    ENDS.map((end) => ({
      id: `${end}-after-${after.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}`,
      claim: `After "${after}" the ${end} is in ${{ client, server }[end]}.`,
      source: "rfc9293",
      cite: "RFC 9293 §3.3.2, figure 5",
      documented: { kind: "state", value: { client, server }[end] },
      ask: { what: "state", end, after },
    })),
  );

export default lab({
  id: "control-every-state",
  question: "Does every witness see each of the eleven states, or admit that it cannot tell?",
  scenes: [
    scene({
      id: "open-and-close-together",
      title: "A handshake and a simultaneous close.",
      mode: "stepped",
      claims: claimsOf(OPEN_AND_CLOSE_TOGETHER),
      async play({ client, server, wire }) {
        await server.listen();
        await client.connect();
        await wire.deliver("SYN");
        await wire.deliver("SYN ACK");
        await wire.deliver("ACK");
        await server.accept();
        await client.shutdown();
        await server.shutdown();
        await wire.deliver("FIN ACK", { from: "client" });
        await wire.deliver("FIN ACK", { from: "server" });
        await wire.deliver("ACK", { from: "server" });
        await wire.deliver("ACK", { from: "client" });
      },
    }),
    scene({
      id: "close-one-after-the-other",
      title: "A close, one end after the other.",
      mode: "stepped",
      established: { client: 100, server: 120 },
      claims: claimsOf(CLOSE_ONE_AFTER_THE_OTHER),
      async play({ client, server, wire }) {
        await client.shutdown();
        await wire.deliver("FIN ACK");
        await wire.deliver("ACK");
        await server.shutdown();
        await wire.deliver("FIN ACK");
        await wire.deliver("ACK");
      },
    }),
  ],
});
