// The witness tcp-info: getsockopt(TCP_INFO) on a descriptor that the lab holds open. It needs no privilege and no namespace.

import { statesOfTcpInfo } from "../../dialect/inet-diag/tcp-info.ts";
import { WitnessError } from "../../fault.ts";
import { readTcpInfo } from "../../kernel/tcp-socket.ts";
import type { TcpState } from "../../tcp/state.ts";
import type { Subject, Testimony, Witness } from "../witness.ts";

/** A listener's descriptor says LISTEN whatever became of the connections that nobody has accepted yet. */
const UNACCEPTED: readonly TcpState[] = ["LISTEN", "SYN_RCVD", "ESTABLISHED", "CLOSE_WAIT", "CLOSED"];

export const tcpInfo: Witness = {
  name: "tcp-info",
  look: (subjects) => subjects.flatMap(lookAt),
};

function lookAt({ end, descriptor, listens, socket }: Subject): readonly Testimony[] {
  if (descriptor === undefined) return [];
  const info = readTcpInfo(descriptor);
  if (!info.ok) throw new WitnessError(`tcp-info: getsockopt(TCP_INFO) of the ${end}: ${info.error}`);
  const states = statesOfTcpInfo(info.value);
  const raw = `tcpi_state=${info.value[0]}`;
  if (states === undefined) throw new WitnessError(`tcp-info: reading the ${end}'s state: no such state: ${raw}`);
  if (socket !== undefined) return [{ end, socket, states, raw }];
  return [{ end, states: listens && states.includes("LISTEN") ? UNACCEPTED : states, raw }];
}
