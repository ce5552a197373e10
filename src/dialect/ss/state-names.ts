// The words of ss's columns Netid and State (iproute2, misc/ss.c).

import type { TcpState } from "../../tcp/state.ts";

export const SS_STATES: ReadonlyMap<string, TcpState> = new Map([
  ["ESTAB", "ESTABLISHED"],
  ["SYN-SENT", "SYN_SENT"],
  ["SYN-RECV", "SYN_RCVD"],
  ["FIN-WAIT-1", "FIN_WAIT_1"],
  ["FIN-WAIT-2", "FIN_WAIT_2"],
  ["TIME-WAIT", "TIME_WAIT"],
  ["UNCONN", "CLOSED"],
  ["CLOSE-WAIT", "CLOSE_WAIT"],
  ["LAST-ACK", "LAST_ACK"],
  ["LISTEN", "LISTEN"],
  ["CLOSING", "CLOSING"],
]);

/** Besides tcp, which stands for IPv4 and IPv6. */
export const SS_OTHER_PROTOCOLS: ReadonlySet<string> = new Set(
  (
    "mptcp udp raw icmp6 sctp dccp u_str u_seq u_dgr nl p_raw p_dgr v_str v_dgr " +
    "ti_st ti_dg ti_rd ti_sq xdp ??? unknown"
  ).split(" "),
);
