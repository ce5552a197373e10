// Reads /proc/net/tcp and tcp6 (proc_net_tcp.rst of the kernel's documentation) into socket records.

import { decodeAddress } from "../tcp/ip-address.ts";
import type { TcpState } from "../tcp/state.ts";
import type { SocketEndpoint, TcpSocketRecord, TimerKind } from "./tcp-socket.ts";

/** linux/net/tcp_states.h as procfs prints it. */
const STATE: Readonly<Record<string, TcpState>> = {
  "01": "ESTABLISHED",
  "02": "SYN_SENT",
  "03": "SYN_RCVD",
  "04": "FIN_WAIT_1",
  "05": "FIN_WAIT_2",
  "06": "TIME_WAIT",
  "07": "CLOSED",
  "08": "CLOSE_WAIT",
  "09": "LAST_ACK",
  "0A": "LISTEN",
  "0B": "CLOSING",
};
const TIMER: Readonly<Record<string, TimerKind>> = {
  "01": "retransmit",
  "02": "keepalive",
  "03": "time-wait",
  "04": "probe",
};
const MILLISECONDS_PER_TICK = 10; // USER_HZ is 100 on every machine Node runs on

export function readProcNetTcp(text: Uint8Array | string): {
  sockets: { socket: TcpSocketRecord; raw: string }[];
  unreadable: { line: string; reason: string }[];
} {
  const lines = (typeof text === "string" ? text : Buffer.from(text).toString("latin1")).split("\n").slice(1);
  const sockets: { socket: TcpSocketRecord; raw: string }[] = [];
  const unreadable: { line: string; reason: string }[] = [];
  for (const line of lines) {
    const raw = line.trim();
    if (raw === "") continue;
    const [, local = "", remote = "", st = "", queues = "", timer = "", retrans = ""] = raw.split(/\s+/);
    const state = STATE[st];
    if (state === undefined) {
      unreadable.push({ line, reason: `no such state "${st}"` });
      continue;
    }
    const [kind = "", ticks = ""] = timer.split(":");
    sockets.push({
      raw,
      socket: {
        protocol: "tcp",
        family: local.length > 20 ? "ipv6" : "ipv4",
        state,
        local: endpoint(local),
        remote: endpoint(remote),
        sendQueue: Number.parseInt(queues.slice(0, 8), 16),
        receiveQueue: Number.parseInt(queues.slice(9), 16),
        timer:
          kind === "00"
            ? null
            : {
                kind: TIMER[kind] ?? "unknown",
                milliseconds: Number.parseInt(ticks, 16) * MILLISECONDS_PER_TICK,
                retransmissions: Number.parseInt(retrans, 16),
              },
      },
    });
  }
  return { sockets, unreadable };
}

function endpoint(text: string): SocketEndpoint {
  const [hex = "", port = ""] = text.split(":");
  const bytes = Buffer.from(hex, "hex").swap32();
  const address = decodeAddress(bytes);
  return { address: bytes.every((octet) => octet === 0) ? "*" : address, port: Number.parseInt(port, 16) };
}
