// One TCP row of netstat on macOS, FreeBSD, OpenBSD, NetBSD, HP-UX or AIX: the port stands behind the last dot.

import type { Family } from "../../tcp/segment.ts";
import type { TcpState } from "../../tcp/state.ts";
import type { SocketOwner } from "../tcp-socket.ts";
import { exactText } from "../text/exact-text.ts";
import { readDotEndpoint } from "./dot-endpoint.ts";
import type { ReadRow, TcpColumns } from "./tcp-columns.ts";

/** tcpstates[] of netinet/tcp_fsm.h. */
const STATES: ReadonlyMap<string, TcpState> = new Map([
  ["CLOSED", "CLOSED"],
  ["LISTEN", "LISTEN"],
  ["SYN_SENT", "SYN_SENT"],
  ["SYN_RCVD", "SYN_RCVD"],
  ["ESTABLISHED", "ESTABLISHED"],
  ["CLOSE_WAIT", "CLOSE_WAIT"],
  ["FIN_WAIT_1", "FIN_WAIT_1"],
  ["CLOSING", "CLOSING"],
  ["LAST_ACK", "LAST_ACK"],
  ["FIN_WAIT_2", "FIN_WAIT_2"],
  ["TIME_WAIT", "TIME_WAIT"],
]);
const FAMILIES: Readonly<Record<TcpColumns["protocol"], Family>> = {
  tcp: "ipv4",
  tcp4: "ipv4",
  tcp6: "ipv6",
  tcp46: "ipv6",
};
const STATE_AND_MORE = /^(\S*)(.*)$/s;

export class BsdRows {
  #hasState = true;

  noticeHeads(heads: string): void {
    this.#hasState = /\(state\)/i.test(heads) || !/R-MBUF|R-HIWA/.test(heads);
  }

  /** `withBlock`: the address of the control block stands before it (-A), and the fields are narrow. */
  read(columns: TcpColumns, withBlock: boolean): ReadRow {
    const { protocol, receiveQueue, sendQueue } = columns;
    const local = readDotEndpoint(columns.local, withBlock);
    const remote = readDotEndpoint(columns.remote, withBlock);
    if (local === undefined) return `the local address is "${exactText(columns.local)}"`;
    if (remote === undefined) return `the foreign address is "${exactText(columns.remote)}"`;
    const family = FAMILIES[protocol];
    if (!this.#hasState) return { protocol: "tcp", family, local, remote, receiveQueue, sendQueue };
    const [, word = "", rest = ""] = STATE_AND_MORE.exec(columns.rest) ?? [];
    const state = STATES.get(word.replace(/\*$/, ""));
    if (state === undefined) return `no such state "${exactText(word)}"`;
    const owner = ownerIn(rest);
    return {
      protocol: "tcp",
      family,
      state,
      local,
      remote,
      receiveQueue,
      sendQueue,
      ...(owner !== undefined && { owners: [owner] }),
    };
  }
}

/** macOS 26: process:pid, in front of the socket's state in hexadecimal. The name may hold blanks, and be cut off. */
const PROCESS_AND_PID = /^(?:\s+\d+){2,4}\s+(.*):(\d+)\s+(?:0x)?[0-9a-f]{4,5}\s/s;
/** Until macOS 15: pid and epid, in front of it or at the end of the line. Before them 2 or, with the octets, 4 counts. */
const PID = /^(?:\s+\d+){2,4}?\s+(\d+)\s+\d+(?:\s+(?:0x[0-9a-f]{4}|0[0-9a-f]{4})\s.*)?$/s;

/** The columns of netstat -v, which changed with every few versions of macOS. */
function ownerIn(rest: string): SocketOwner | undefined {
  const [, name, pidOfName] = PROCESS_AND_PID.exec(rest) ?? [];
  if (name !== undefined) return { name: exactText(name), pid: Number(pidOfName) };
  const pid = PID.exec(rest)?.[1];
  return pid === undefined ? undefined : { pid: Number(pid) };
}
