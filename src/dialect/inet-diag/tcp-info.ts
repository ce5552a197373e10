// struct tcp_info as getsockopt(TCP_INFO) fills it (linux/tcp.h), as far as a lab asks: the state.

import type { TcpState } from "../../tcp/state.ts";

/** linux/net/tcp_states.h; 12 (NEW_SYN_RECV) has no descriptor to ask. CLOSE also stands for a TIME_WAIT whose descriptor is open. */
const COMPATIBLE: Readonly<Record<number, readonly TcpState[]>> = {
  1: ["ESTABLISHED"],
  2: ["SYN_SENT"],
  3: ["SYN_RCVD"],
  4: ["FIN_WAIT_1"],
  5: ["FIN_WAIT_2"],
  6: ["TIME_WAIT"],
  7: ["CLOSED", "TIME_WAIT"],
  8: ["CLOSE_WAIT"],
  9: ["LAST_ACK"],
  10: ["LISTEN"],
  11: ["CLOSING"],
};

/** The states that octet 0 is compatible with; undefined for a number that linux/tcp_states.h does not know. */
export const statesOfTcpInfo = (info: Uint8Array): readonly TcpState[] | undefined => COMPATIBLE[info[0] ?? -1];
