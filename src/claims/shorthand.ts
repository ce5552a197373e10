// Claims that labs make over and over, as sentences with their question: an end is CLOSED, a call came back with an error, a counter grew.

import type { End } from "../tcp/end.ts";
import type { TcpState } from "../tcp/state.ts";
import type { SceneClaim } from "./claim.ts";
import type { Operand, Pick as Segments } from "./pick.ts";

/** Who says so, and what else a claim may carry. */
type Said = Pick<SceneClaim, "source" | "cite"> &
  Partial<Pick<SceneClaim, "explanation" | "condition" | "refines" | "expected">>;

export const isIn = (id: string, claim: string, end: End, state: TcpState, after: string, said: Said): SceneClaim => ({
  id,
  claim,
  ...said,
  documented: { kind: "state", value: state },
  ask: { what: "state", end, after },
});

/** Both ends are CLOSED: none of them keeps a TIME_WAIT. */
export const noTimeWaitLeft = (after: string): readonly SceneClaim[] =>
  (["client", "server"] as const).map((end) =>
    isIn(`no-time-wait-at-${end}`, `No TIME_WAIT is left at the ${end}: it is CLOSED.`, end, "CLOSED", after, {
      source: "linux",
      cite: "tcp_reset, tcp_disconnect: tcp_done, net/ipv4/tcp.c",
    }),
  );

/** `outcome`: "ok", the value that came back, or an errno by name. */
export const comesBackWith = (id: string, claim: string, step: string, outcome: string, said: Said): SceneClaim => ({
  id,
  claim,
  ...said,
  documented: { kind: "text", value: outcome },
  ask: { what: "outcome", of: step },
});

/** `name`: "TcpExt.TCPChallengeACK". */
export const counts = (id: string, claim: string, name: string, step: string, times: number): SceneClaim => ({
  id,
  claim,
  source: "linux",
  cite: `${name.split(".")[1]}, include/uapi/linux/snmp.h`,
  documented: { kind: "number", value: times },
  ask: { what: "counter", name, of: step },
});

/** `segment`: "server RST ACK seq=0 ack=101", raw numbers. */
export function sends(id: string, claim: string, segment: string, said: Said): SceneClaim {
  const [end = "", ...words] = segment.split(" ");
  const flags = words.filter((word) => !word.includes("="));
  const fields = words.filter((word) => word.includes("=")).map((word) => word.split("=")[0] as "seq" | "ack");
  return {
    id,
    claim,
    ...said,
    documented: { kind: "segment", value: segment },
    ask: { what: "segment", pick: { end: end as End, flags: flags.join(" ") }, fields, numbers: "raw" },
  };
}

export const silence = (id: string, end: End, during: string, said: Said): SceneClaim => ({
  id,
  claim: "Nothing is sent in answer.",
  ...said,
  documented: { kind: "number", value: 0 },
  ask: { what: "count", pick: { end, during } },
});

/** How many of the kernel's segments are such. */
export const times = (id: string, claim: string, count: number, pick: Segments, said: Said): SceneClaim => ({
  id,
  claim,
  ...said,
  documented: { kind: "number", value: count },
  ask: { what: "count", pick },
});

/** One number or one bit of one segment, or the difference of two. */
export const number = (
  id: string,
  claim: string,
  value: number,
  of: Operand,
  said: Said,
  minus?: Operand,
): SceneClaim => ({
  id,
  claim,
  ...said,
  documented: { kind: "number", value },
  ask: { what: "number", of, ...(minus !== undefined && { minus }) },
});

/** A condition. With tcp_syncookies=2 all that a half-open connection is lies in the SYN ACK's sequence number (ip-sysctl). */
export const REQUEST_IS_KEPT = "unless tcp_syncookies=2 has the kernel keep no half-open requests";
