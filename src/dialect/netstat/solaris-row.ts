// One TCP row of netstat on Solaris and illumos, whose tables are headed "TCP: IPv4" and have the queues in the middle.

import type { Family } from "../../tcp/segment.ts";
import type { TcpState } from "../../tcp/state.ts";
import { exactText } from "../text/exact-text.ts";
import { readDotEndpoint } from "./dot-endpoint.ts";
import type { ReadRow } from "./tcp-columns.ts";

const STATES: ReadonlyMap<string, TcpState> = new Map([
  ["CLOSED", "CLOSED"],
  ["IDLE", "CLOSED"],
  ["BOUND", "CLOSED"],
  ["LISTEN", "LISTEN"],
  ["SYN_SENT", "SYN_SENT"],
  ["SYN_RCVD", "SYN_RCVD"],
  ["ESTABLISHED", "ESTABLISHED"],
  ["FIN_WAIT_1", "FIN_WAIT_1"],
  ["FIN_WAIT_2", "FIN_WAIT_2"],
  ["CLOSE_WAIT", "CLOSE_WAIT"],
  ["CLOSING", "CLOSING"],
  ["LAST_ACK", "LAST_ACK"],
  ["TIME_WAIT", "TIME_WAIT"],
]);
/** Local, remote, Swind, Send-Q, Rwind, Recv-Q, State, If. */
const ROW = /^(\S+)\s+(\S+)\s+\d+\s+(\d+)\s+\d+\s+(\d+)\s+(\S+)(?:\s+\S+)?$/;

export class SolarisRows {
  readonly #family: Family;

  constructor(family: Family) {
    this.#family = family;
  }

  read(text: string): ReadRow {
    const [, localText, remoteText = "", send, receive, word = ""] = ROW.exec(text) ?? [];
    if (localText === undefined) return "it is no row of two addresses, four numbers and a state";
    const local = readDotEndpoint(localText);
    const remote = readDotEndpoint(remoteText);
    if (local === undefined) return `the local address is "${exactText(localText)}"`;
    if (remote === undefined) return `the remote address is "${exactText(remoteText)}"`;
    const state = STATES.get(word);
    if (state === undefined) return `no such state "${exactText(word)}"`;
    return {
      protocol: "tcp",
      family: this.#family,
      state,
      local,
      remote,
      receiveQueue: Number(receive),
      sendQueue: Number(send),
    };
  }
}
