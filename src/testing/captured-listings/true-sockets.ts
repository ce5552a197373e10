// The sockets that all captures were taken of, as an independent program read them from inet_diag before and after.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Family } from "../../tcp/segment.ts";
import { STATES, type TcpState } from "../../tcp/state.ts";

const dump = z.object({
  ifindex: z.record(z.string(), z.number()).default({}),
  sockets: z.array(
    z.object({
      family: z.enum(["ipv4", "ipv6"]),
      state: z.number(),
      laddr: z.string(),
      lport: z.number(),
      raddr: z.string(),
      rport: z.number(),
      ifindex: z.number(),
      cookie: z.string(),
      timer: z.number(),
      expires_ms: z.number(),
      retrans: z.number(),
      rq: z.number(),
      wq: z.number(),
      uid: z.number(),
      inode: z.number(),
    }),
  ),
});

interface TrueTimer {
  readonly number: number;
  readonly milliseconds: number;
  readonly retransmissions: number;
}

export interface TrueSocket {
  readonly family: Family;
  readonly state: TcpState;
  readonly local: { readonly address: string; readonly port: number; readonly zone: string | undefined };
  readonly remote: { readonly address: string; readonly port: number };
  readonly receiveQueue: number;
  readonly sendQueue: number;
  readonly uid: number;
  readonly inode: number;
  readonly cookie: string;
  readonly before: TrueTimer;
  readonly after: TrueTimer;
}

/** linux/net/tcp_states.h. */
const BY_NUMBER: readonly (TcpState | undefined)[] = [
  undefined,
  "ESTABLISHED",
  "SYN_SENT",
  "SYN_RCVD",
  "FIN_WAIT_1",
  "FIN_WAIT_2",
  "TIME_WAIT",
  "CLOSED",
  "CLOSE_WAIT",
  "LAST_ACK",
  "LISTEN",
  "CLOSING",
];

export function trueSocketsIn(folder: string): readonly TrueSocket[] {
  const before = dump.parse(JSON.parse(readFileSync(join(folder, "truth-before.json"), "utf8")));
  const after = dump.parse(JSON.parse(readFileSync(join(folder, "truth-after.json"), "utf8")));
  const interfaces = new Map(Object.entries(before.ifindex).map(([name, index]) => [index, name]));
  const timer = (socket: (typeof before.sockets)[number]) => ({
    number: socket.timer,
    milliseconds: socket.expires_ms,
    retransmissions: socket.retrans,
  });
  return before.sockets.map((socket) => {
    const later = after.sockets.find(({ cookie }) => cookie === socket.cookie) ?? socket;
    return {
      family: socket.family,
      state: BY_NUMBER[socket.state] ?? STATES[0],
      local: { address: starred(socket.laddr), port: socket.lport, zone: interfaces.get(socket.ifindex) },
      remote: { address: starred(socket.raddr), port: socket.rport },
      receiveQueue: socket.rq,
      sendQueue: socket.wq,
      uid: socket.uid,
      inode: socket.inode,
      cookie: socket.cookie,
      before: timer(socket),
      after: timer(later),
    };
  });
}

const starred = (address: string): string => (address === "0.0.0.0" || address === "::" ? "*" : address);
