// RFC 9293 figure 5: the TCP connection state diagram as data, with its notes 2 and 3.

import type { TcpState } from "./state.ts";

export interface Arrow {
  /** As counted in this project: 1 to 20; the figure itself numbers nothing. */
  readonly number: number;
  readonly from: TcpState;
  readonly to: TcpState;
  /** What makes it happen: a user call, or a segment that arrives. */
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
  { number: 9, from: "SYN_RCVD", to: "LISTEN", event: "RST arrives (note 1)" },
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

/** Note 2: a FIN that also acknowledges ours leads past CLOSING and FIN_WAIT_2. */
export const NOTE_2 = {
  from: "FIN_WAIT_1",
  to: "TIME_WAIT",
  event: "FIN ACK arrives that acknowledges our FIN",
  sends: "ACK",
} as const;

/** Note 3: a RST takes every synchronised state to CLOSED at the receiver, and to TIME_WAIT at the sender. */
export const SYNCHRONISED = [
  "SYN_RCVD",
  "ESTABLISHED",
  "FIN_WAIT_1",
  "FIN_WAIT_2",
  "CLOSE_WAIT",
  "CLOSING",
  "LAST_ACK",
  "TIME_WAIT",
] as const satisfies readonly TcpState[];

export const isArrow = (from: TcpState, to: TcpState): boolean =>
  ARROWS.some((arrow) => arrow.from === from && arrow.to === to) ||
  (from === NOTE_2.from && to === NOTE_2.to) ||
  ((SYNCHRONISED as readonly TcpState[]).includes(from) && (to === "CLOSED" || to === "TIME_WAIT"));

export const arrowsFrom = (state: TcpState): readonly Arrow[] => ARROWS.filter(({ from }) => from === state);

/** Whether some way along the arrows leads from one state to another, in one step or more. */
export function reachable(from: TcpState, to: TcpState): boolean {
  const seen = new Set<TcpState>();
  let edge: readonly TcpState[] = [from];
  while (edge.length > 0) {
    const next = edge
      .flatMap((state) => arrowsFrom(state).map((arrow) => arrow.to))
      .filter((state) => !seen.has(state));
    for (const state of next) seen.add(state);
    edge = next;
  }
  return seen.has(to);
}
