// Reads what netstat -tano of net-tools prints, row by row.

import type { TcpState } from "../tcp/state.ts";
import type { SocketEndpoint, TcpSocketRecord, TimerKind } from "./tcp-socket.ts";

const STATE: Readonly<Record<string, TcpState>> = {
  ESTABLISHED: "ESTABLISHED",
  SYN_SENT: "SYN_SENT",
  SYN_RECV: "SYN_RCVD",
  FIN_WAIT1: "FIN_WAIT_1",
  FIN_WAIT2: "FIN_WAIT_2",
  TIME_WAIT: "TIME_WAIT",
  CLOSE: "CLOSED",
  CLOSE_WAIT: "CLOSE_WAIT",
  LAST_ACK: "LAST_ACK",
  LISTEN: "LISTEN",
  CLOSING: "CLOSING",
};
const TIMER: Readonly<Record<string, TimerKind>> = {
  on: "retransmit",
  keepalive: "keepalive",
  timewait: "time-wait",
  probe: "probe",
};
export function readNetstat(text: Uint8Array | string) {
  const sockets: { socket: TcpSocketRecord; raw: string }[] = [];
  const unreadable: { line: string; reason: string }[] = [];
  for (const line of (typeof text === "string" ? text : Buffer.from(text).toString("latin1")).split("\n")) {
    if (!line.startsWith("tcp")) continue;
    const [, receive, send, local = "", remote = "", word = "", kind = "", time = ""] = line.split(/\s+/);
    const state = STATE[word];
    if (state === undefined) {
      unreadable.push({ line, reason: `no such state "${word}"` });
      continue;
    }
    const [, seconds = "0", count = "0"] = /\(([\d.]+)\/(\d+)/.exec(time) ?? [];
    sockets.push({
      raw: line.trimEnd(),
      socket: {
        protocol: "tcp",
        state,
        local: endpoint(local),
        remote: endpoint(remote),
        receiveQueue: Number(receive),
        sendQueue: Number(send),
        timer:
          kind === "off"
            ? null
            : { kind: TIMER[kind] ?? "unknown", milliseconds: Number(seconds) * 1000, retransmissions: Number(count) },
      },
    });
  }
  return { sockets, unreadable };
}
function endpoint(text: string): SocketEndpoint {
  const at = text.lastIndexOf(":");
  const address = text.slice(0, at);
  return { address: address === "0.0.0.0" || address === "::" ? "*" : address, port: Number(text.slice(at + 1)) || 0 };
}
