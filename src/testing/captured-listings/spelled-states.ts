// How the tools spell the states: written here once more, so that a slip in a parser's table is seen.

import type { TcpState } from "../../tcp/state.ts";

export const SS_WORDS: Readonly<Record<TcpState, string>> = {
  CLOSED: "UNCONN",
  LISTEN: "LISTEN",
  SYN_SENT: "SYN-SENT",
  SYN_RCVD: "SYN-RECV",
  ESTABLISHED: "ESTAB",
  FIN_WAIT_1: "FIN-WAIT-1",
  FIN_WAIT_2: "FIN-WAIT-2",
  CLOSE_WAIT: "CLOSE-WAIT",
  CLOSING: "CLOSING",
  LAST_ACK: "LAST-ACK",
  TIME_WAIT: "TIME-WAIT",
};
export const NETSTAT_WORDS: Readonly<Record<TcpState, string>> = {
  ...SS_WORDS,
  CLOSED: "CLOSE",
  SYN_SENT: "SYN_SENT",
  SYN_RCVD: "SYN_RECV",
  ESTABLISHED: "ESTABLISHED",
  FIN_WAIT_1: "FIN_WAIT1",
  FIN_WAIT_2: "FIN_WAIT2",
  CLOSE_WAIT: "CLOSE_WAIT",
  LAST_ACK: "LAST_ACK",
  TIME_WAIT: "TIME_WAIT",
};
export const PROC_NUMBERS: Readonly<Record<TcpState, string>> = {
  ESTABLISHED: "01",
  SYN_SENT: "02",
  SYN_RCVD: "03",
  FIN_WAIT_1: "04",
  FIN_WAIT_2: "05",
  TIME_WAIT: "06",
  CLOSED: "07",
  CLOSE_WAIT: "08",
  LAST_ACK: "09",
  LISTEN: "0A",
  CLOSING: "0B",
};
