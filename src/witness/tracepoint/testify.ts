// What the transitions of the tracepoint say of one end: its connection's last, or its listener's, and what that leaves open.

import { listenerStatesAfter, statesAfter, type Transition } from "../../dialect/trace/trace-event.ts";
import type { TcpState } from "../../tcp/state.ts";
import type { Subject, Testimony } from "../witness.ts";

/** What a run hears: of local ports in these ranges, and of no connection to `notTo`, where thousands may lead. */
export interface Hearing {
  readonly ports: readonly (readonly [first: number, last: number])[];
  readonly notTo: number;
}

/** Whether silence about this end means something: of others the kernel tells nothing, whatever becomes of them. */
export const hears = ({ ports, notTo }: Hearing, { local, remote }: Pick<Subject, "local" | "remote">): boolean =>
  remote.port !== notTo && ports.some(([first, last]) => local.port >= first && local.port <= last);

/** A half-open request is no full socket: the event is silent about it, and about its end. */
const LISTENS: readonly TcpState[] = ["LISTEN", "SYN_RCVD"];

/** Of an end that is heard: before anything is told of it, it is CLOSED. */
export function testify(subject: Subject, transitions: readonly Transition[]): Testimony {
  const { end, socket, local, remote, listens } = subject;
  // The event knows no namespace: of another one, only the address may tell a socket with the same port.
  const own = transitions.filter(
    ({ localAddress, localPort }) => localAddress === local.address && localPort === local.port,
  );
  const listener = own.findLast(({ remotePort }) => remotePort === 0);
  if (socket !== undefined) return { end, socket, ...listenerAlone(listener) };
  const connection = own.findLast(({ remotePort }) => remotePort === remote.port);
  const last = connection ?? listener;
  if (last === undefined) return { end, states: ["CLOSED"], raw: "" };
  // A connection that is over leaves its listener, and whatever comes to that next.
  const over = connection?.to === "TCP_CLOSE" && listens;
  return { end, states: over ? [...new Set([...statesAfter(last), ...LISTENS])] : statesAfter(last), raw: last.raw };
}

const listenerAlone = (last: Transition | undefined): Pick<Testimony, "states" | "raw"> =>
  last === undefined ? { states: ["CLOSED"], raw: "" } : { states: listenerStatesAfter(last), raw: last.raw };
