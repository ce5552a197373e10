// Opens sockets that are bound to lo, to a link-local address of it, and to neither, and prints how sock_diag and ss list them.

import { readListing } from "../dialect/listing-entry.ts";
import { parseSs } from "../dialect/ss/ss.ts";
import { int32, setsockopt, succeed } from "../kernel/libc.ts";
import { SOL_SOCKET } from "../kernel/linux.ts";
import { addLoopbackAddress, bringLoopbackUp } from "../kernel/loopback.ts";
import { HOST } from "../kernel/network-namespace.ts";
import { SockDiagSocket } from "../kernel/sock-diag.ts";
import { type Answer, TcpSocket } from "../kernel/tcp-socket.ts";
import type { Endpoint } from "../tcp/segment.ts";
import { runListing } from "../witness/command.ts";
import { listSockets } from "../witness/sock-diag/sock-diag.ts";
import { acceptFrom } from "./accept-from.ts";

/** asm-generic/socket.h */
const SO_BINDTOIFINDEX = 62;
const LOOPBACK_INDEX = 1;
const LINK_LOCAL: Endpoint = { address: "fe80::1", port: 8003 };

function open(to: Endpoint | undefined, isBound: boolean): TcpSocket {
  const socket = TcpSocket.open(to?.address.includes(".") ? "ipv4" : "ipv6");
  if (isBound)
    succeed("SO_BINDTOIFINDEX", setsockopt(socket.fd, SOL_SOCKET, SO_BINDTOIFINDEX, int32(LOOPBACK_INDEX), 4));
  if (to !== undefined) must(socket.bind(to));
  return socket;
}

function must<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(answer.error);
  return answer.value;
}

function listen(to: Endpoint, isBound: boolean): TcpSocket {
  const socket = open(to, isBound);
  must(socket.listen(1));
  return socket;
}

bringLoopbackUp();
addLoopbackAddress(LINK_LOCAL.address);
const listener = listen(LINK_LOCAL, true);
const client = open(undefined, true);
must(client.connect(LINK_LOCAL));
const accepted = await acceptFrom(listener);
const sockets = [
  listener,
  client,
  accepted,
  listen({ address: "127.0.0.1", port: 8000 }, false),
  listen({ address: "127.0.0.1", port: 8001 }, true),
  listen({ address: "::", port: 8002 }, true),
  listen({ address: "0.0.0.0", port: 8004 }, true),
];

using diag = new SockDiagSocket();
const dumped = (["ipv4", "ipv6"] as const).flatMap((family) => listSockets(diag, { family }));
const printed = readListing(parseSs, await runListing(HOST, "ss", ["-Htane"]));
process.stdout.write(
  JSON.stringify({
    dumped: dumped.map(({ socket }) => socket),
    printed: printed.map((entry) => (entry.kind === "socket" ? entry.socket : entry)),
  }),
);
for (const socket of sockets) socket.close();
