// RFC 9293 figure 5 (§3.3.2), the TCP connection state diagram, as data: its twenty arrows, and what its notes 2 and 3 add.

import { STATES, type TcpState } from "./state.ts";

export interface Arrow {
  /** As counted in this project: 1 to 20; the figure itself numbers nothing. */
  readonly number: number;
  readonly from: TcpState;
  readonly to: TcpState;
  /** What makes it happen: a user call, a segment that arrives, or time. */
  readonly event: string;
  /** What the figure has the end send, if anything. */
  readonly sends?: string;
}

export const ARROWS = [
  { number: 1, from: "CLOSED", to: "LISTEN", event: "passive OPEN" },
  { number: 2, from: "CLOSED", to: "SYN_SENT", event: "active OPEN", sends: "SYN" },
  { number: 3, from: "LISTEN", to: "CLOSED", event: "CLOSE" },
  { number: 4, from: "LISTEN", to: "SYN_RCVD", event: "SYN arrives", sends: "SYN ACK" },
  { number: 5, from: "LISTEN", to: "SYN_SENT", event: "SEND", sends: "SYN" },
  { number: 6, from: "SYN_SENT", to: "CLOSED", event: "CLOSE" },
  { number: 7, from: "SYN_SENT", to: "SYN_RCVD", event: "SYN arrives", sends: "SYN ACK" },
  { number: 8, from: "SYN_SENT", to: "ESTABLISHED", event: "SYN ACK arrives", sends: "ACK" },
  // Note 1: only where SYN_RCVD was entered from LISTEN.
  { number: 9, from: "SYN_RCVD", to: "LISTEN", event: "RST arrives" },
  { number: 10, from: "SYN_RCVD", to: "ESTABLISHED", event: "ACK of SYN arrives" },
  { number: 11, from: "SYN_RCVD", to: "FIN_WAIT_1", event: "CLOSE", sends: "FIN" },
  { number: 12, from: "ESTABLISHED", to: "FIN_WAIT_1", event: "CLOSE", sends: "FIN" },
  { number: 13, from: "ESTABLISHED", to: "CLOSE_WAIT", event: "FIN arrives", sends: "ACK" },
  { number: 14, from: "FIN_WAIT_1", to: "FIN_WAIT_2", event: "ACK of FIN arrives" },
  { number: 15, from: "FIN_WAIT_1", to: "CLOSING", event: "FIN arrives", sends: "ACK" },
  { number: 16, from: "FIN_WAIT_2", to: "TIME_WAIT", event: "FIN arrives", sends: "ACK" },
  { number: 17, from: "CLOSING", to: "TIME_WAIT", event: "ACK of FIN arrives" },
  { number: 18, from: "CLOSE_WAIT", to: "LAST_ACK", event: "CLOSE", sends: "FIN" },
  { number: 19, from: "LAST_ACK", to: "CLOSED", event: "ACK of FIN arrives" },
  { number: 20, from: "TIME_WAIT", to: "CLOSED", event: "2MSL have passed" },
] as const satisfies readonly Arrow[];

/** Not drawn in the figure: the FIN that arrives also acknowledges our own. */
export const NOTE_2 = {
  from: "FIN_WAIT_1",
  to: "TIME_WAIT",
  event: "FIN and ACK of FIN arrive in one segment",
  sends: "ACK",
} as const;

/** The states in which both ends have agreed on their numbers (RFC 9293 §3.5.2, group 3). */
export const SYNCHRONISED = [
  "ESTABLISHED",
  "FIN_WAIT_1",
  "FIN_WAIT_2",
  "CLOSE_WAIT",
  "CLOSING",
  "LAST_ACK",
  "TIME_WAIT",
] as const satisfies readonly TcpState[];

/**
 * Not drawn in the figure either: who receives a RST goes one way, who sends one the other. The note says "from any state";
 * these are the synchronised ones, since the others have drawn arrows or no connection to leave.
 */
export const NOTE_3 = {
  receiving: { to: "CLOSED", event: "RST arrives" },
  sending: { to: "TIME_WAIT", event: "ABORT", sends: "RST" },
} as const;

export const arrowsFrom = (state: TcpState): readonly Arrow[] => ARROWS.filter(({ from }) => from === state);

/** Whether the figure or one of its notes allows this move. */
export const isArrow = (from: TcpState, to: TcpState): boolean =>
  arrowsFrom(from).some((arrow) => arrow.to === to) ||
  (from === NOTE_2.from && to === NOTE_2.to) ||
  ((SYNCHRONISED as readonly TcpState[]).includes(from) && (to === NOTE_3.receiving.to || to === NOTE_3.sending.to));

/** Whether one connection can get from one state to another, in one move or more. What is CLOSED has ended. */
export function reachable(from: TcpState, to: TcpState): boolean {
  const reached = new Set<TcpState>();
  let edge: readonly TcpState[] = [from];
  while (edge.length > 0) {
    edge = STATES.filter((next) => !reached.has(next) && edge.some((state) => isArrow(state, next)));
    for (const state of edge) reached.add(state);
    edge = edge.filter((state) => state !== "CLOSED");
  }
  return reached.has(to);
}
