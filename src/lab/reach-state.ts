// The short paths that bring a real socket into each state, in a lab's verbs: the one place that knows them.

import type { Walk, Way } from "../drive/encounter.ts";

async function handshake({ client, server, wire }: Walk): Promise<void> {
  await server.listen();
  await client.connect();
  await wire.deliver("SYN");
  await wire.deliver("SYN ACK");
  await wire.deliver("ACK", { from: "client" });
  await server.accept();
}

async function toFinWait1(walk: Walk): Promise<void> {
  await handshake(walk);
  await walk.client.shutdown();
}

/** The server's ACK is forged: the real one is a delayed ACK that may take 40 ms (TCP_DELACK_MIN). */
async function toFinWait2(walk: Walk): Promise<void> {
  await toFinWait1(walk);
  await walk.wire.forge("server", "ACK");
}

async function toClosing(walk: Walk): Promise<void> {
  await toFinWait1(walk);
  await walk.server.shutdown();
  await walk.wire.deliver("FIN ACK", { from: "server" });
}

/** The client's own ACK of the FIN would be delayed (TCP_QUICKACK lets it go): the path ends when it is out, and lost. */
async function toCloseWait(walk: Walk): Promise<void> {
  await handshake(walk);
  await walk.server.shutdown();
  await walk.wire.deliver("FIN ACK", { from: "server" });
  await walk.client.setOption("TCP_QUICKACK", 1);
  await walk.wire.drop("ACK", { from: "client" });
}

/** Each state once, SYN_RCVD by both ways into it and TIME_WAIT by all three. */
export const WAYS = {
  closed: { state: "CLOSED", subject: "server", walk: async () => {} },
  listen: { state: "LISTEN", subject: "server", walk: ({ server }) => server.listen() },
  "syn-sent": {
    state: "SYN_SENT",
    subject: "client",
    async walk({ client, server }) {
      await server.listen();
      await client.connect();
    },
  },
  "syn-rcvd": {
    state: "SYN_RCVD",
    subject: "server",
    async walk({ client, server, wire }) {
      await server.listen();
      await client.connect();
      await wire.deliver("SYN");
    },
  },
  "syn-rcvd-crossing": {
    state: "SYN_RCVD",
    subject: "client",
    async walk({ client, server, wire }) {
      await client.connect();
      await wire.drop("RST ACK"); // nobody is at the server's port yet: the kernel's answer
      await server.connect();
      await wire.deliver("SYN", { from: "server" });
    },
  },
  established: { state: "ESTABLISHED", subject: "client", walk: handshake },
  "fin-wait-1": { state: "FIN_WAIT_1", subject: "client", walk: toFinWait1 },
  "fin-wait-2": { state: "FIN_WAIT_2", subject: "client", walk: toFinWait2 },
  "close-wait": { state: "CLOSE_WAIT", subject: "client", walk: toCloseWait },
  closing: { state: "CLOSING", subject: "client", walk: toClosing },
  "last-ack": {
    state: "LAST_ACK",
    subject: "client",
    async walk(walk) {
      await toCloseWait(walk);
      await walk.client.shutdown();
    },
  },
  "time-wait": {
    state: "TIME_WAIT",
    subject: "client",
    async walk(walk) {
      await toFinWait2(walk);
      // The server has not seen our FIN, and its own would not acknowledge it: Linux before 6.9 refuses such a FIN.
      await walk.wire.forge("server", "FIN ACK");
    },
  },
  "time-wait-from-closing": {
    state: "TIME_WAIT",
    subject: "client",
    async walk(walk) {
      await toClosing(walk);
      await walk.wire.forge("server", "ACK");
    },
  },
  "time-wait-from-fin-wait-1": {
    state: "TIME_WAIT",
    subject: "client",
    async walk(walk) {
      await toFinWait1(walk);
      await walk.wire.forge("server", "FIN ACK");
    },
  },
} as const satisfies Readonly<Record<string, Way>>;
