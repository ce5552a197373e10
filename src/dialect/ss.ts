// Reads what ss -Htan prints (iproute2), row by row.

import type { TcpState } from "../tcp/state.ts";
import type { SocketEndpoint, TcpSocketRecord, TimerKind } from "./tcp-socket.ts";

const STATE: Readonly<Record<string, TcpState>> = {
  ESTAB: "ESTABLISHED",
  "SYN-SENT": "SYN_SENT",
  "SYN-RECV": "SYN_RCVD",
  "FIN-WAIT-1": "FIN_WAIT_1",
  "FIN-WAIT-2": "FIN_WAIT_2",
  "TIME-WAIT": "TIME_WAIT",
  UNCONN: "CLOSED",
  "CLOSE-WAIT": "CLOSE_WAIT",
  "LAST-ACK": "LAST_ACK",
  LISTEN: "LISTEN",
  CLOSING: "CLOSING",
};
const TIMER: Readonly<Record<string, TimerKind>> = {
  on: "retransmit",
  keepalive: "keepalive",
  timewait: "time-wait",
  persist: "probe",
};

export function readSs(text: Uint8Array | string) {
  const sockets: { socket: TcpSocketRecord; raw: string }[] = [];
  const unreadable: { line: string; reason: string }[] = [];
  for (const line of (typeof text === "string" ? text : Buffer.from(text).toString("latin1")).split("\n")) {
    if (line === "" || line.startsWith("\t")) continue;
    const [word = "", receive, send, local = "", remote = ""] = line.split(/\s+/);
    const state = STATE[word];
    if (state === undefined) {
      unreadable.push({ line, reason: `no such state "${word}"` });
      continue;
    }
    const [, kind = "", time = "", count = "0"] = /timer:\((\w+),([^,]*),(\d+)\)/.exec(line) ?? [];
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
          kind === ""
            ? null
            : { kind: TIMER[kind] ?? "unknown", milliseconds: duration(time), retransmissions: Number(count) },
      },
    });
  }
  return { sockets, unreadable };
}
function duration(text: string): number {
  const [, min = "0", rest = ""] = /^(?:(\d+)min)?(.*)$/.exec(text) ?? [];
  const value = Number.parseFloat(rest || "0");
  return Number(min) * 60000 + (rest.endsWith("sec") || rest.includes(".") ? value * 1000 : value);
}
function endpoint(text: string): SocketEndpoint {
  const at = text.lastIndexOf(":");
  const address = text.slice(0, at).replace(/[[\]]/g, "");
  return { address: address === "0.0.0.0" || address === "::" ? "*" : address, port: Number(text.slice(at + 1)) || 0 };
}
