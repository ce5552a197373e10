// The changes of Linux by which kernels in use answer differently: the curated list, each with its commit and with kernels that were seen on both sides.

import type { KernelChange } from "./kernel-change.ts";

export const ACK_OF_UNSENT_DATA: KernelChange = {
  id: "ack-of-unsent-data",
  commit: { id: "42726ec644cb", release: "7.1", stable: ["6.18.33"] },
  subject: "tcp: send a challenge ACK on SEG.ACK > SND.NXT",
  where: "tcp_rcv_established(), tcp_ack()",
  former: "drops in ESTABLISHED, without a word, a segment that acknowledges what was never sent",
  latter: "answers in ESTABLISHED with a challenge ACK to a segment that acknowledges what was never sent",
  seen: {
    former: ["5.10.262", "6.1.192", "6.12.118", "6.16.12", "6.17.13", "6.18.15"],
    latter: ["6.18.44", "7.2.13", "7.3.4"],
  },
};

export const DATA_BEYOND_THE_WINDOW: KernelChange = {
  id: "data-beyond-the-window",
  commit: { id: "9ca48d616ed7", release: "6.17" },
  subject: "tcp: do not accept packets beyond window",
  where: "tcp_sequence()",
  former:
    "lets text begin one past the window: where the peer's FIN has come it uses its acknowledgement, and says nothing",
  latter: "refuses text that goes beyond the window while anything waits to be read, and answers with an ACK",
  seen: {
    former: ["5.10.262", "6.1.192", "6.12.118", "6.16.12"],
    latter: ["6.17.13", "6.18.15", "6.18.44", "7.2.13", "7.3.4"],
  },
};

export const FIN_BEYOND_THE_WINDOW: KernelChange = {
  id: "fin-beyond-the-window",
  formerSince: { id: "9ca48d616ed7", release: "6.17" },
  commit: { id: "1e3bb184e941", release: "7.0", stable: ["6.19.6", "6.18.16"] },
  subject: "tcp: re-enable acceptance of FIN packets when RWIN is 0",
  where: "tcp_sequence()",
  former:
    "counts a FIN that stands one past the window as beyond it while anything waits to be read, as RFC 9293 has it",
  latter: "lets a FIN stand one past the window",
  seen: {
    former: ["6.17.13", "6.18.15"],
    latter: ["5.10.262", "6.1.192", "6.12.118", "6.16.12", "6.18.44", "7.2.13", "7.3.4"],
  },
};

export const OLD_ACK_BY_TIMESTAMP: KernelChange = {
  id: "old-ack-by-timestamp",
  commit: { id: "124c4c32e9f3", release: "6.14" },
  subject: "tcp: add TCP_RFC7323_PAWS_ACK drop reason",
  where: "tcp_disordered_ack_check()",
  former: "answers an old ACK that fails PAWS with an ACK, as RFC 7323 has it",
  latter: "drops in silence an empty ACK that fails PAWS and is before RCV.NXT",
  seen: {
    former: ["5.10.262", "6.1.192", "6.12.118"],
    latter: ["6.16.12", "6.17.13", "6.18.15", "6.18.44", "7.2.13", "7.3.4"],
  },
};

export const RESET_OF_A_REQUEST: KernelChange = {
  id: "reset-of-a-request",
  commit: { id: "a28c4fcbf774", release: "7.2", stable: ["7.1.6", "6.18.42", "6.12.105", "6.6.153", "6.1.191"] },
  subject: "tcp: challenge ACK for non-exact RST in SYN-RECEIVED",
  where: "tcp_check_req()",
  former: "lets any RST in the window end a half-open connection, and ignores one with a wrong acknowledgement",
  latter:
    "lets only a RST at RCV.NXT end a half-open connection, whatever it acknowledges, and challenges others in the window",
  seen: {
    former: ["5.10.262", "6.1.170", "6.12.90", "6.16.12", "6.17.13", "6.18.15"],
    latter: ["6.1.192", "6.12.118", "6.18.44", "7.2.13", "7.3.4"],
  },
};

export const OLD_ACK_WHILE_CLOSING: KernelChange = {
  id: "old-ack-while-closing",
  commit: { id: "795a7dfbc3d9", release: "6.9", stable: ["6.1.167"] },
  subject: "net: tcp: accept old ack during closing",
  where: "tcp_rcv_state_process(), tcp_ack()",
  former:
    "refuses, once the connection is closing, a segment with an old acknowledgement, its FIN included, and answers with a challenge ACK",
  latter: "takes, while the connection is closing, a segment with an old acknowledgement as any other",
  seen: {
    former: ["5.10.262"],
    latter: ["6.1.192", "6.12.118", "6.16.12", "6.17.13", "6.18.15", "6.18.44", "7.2.13", "7.3.4"],
  },
};

export const SYN_ACK_OF_CROSSING_SYNS: KernelChange = {
  id: "syn-ack-of-crossing-syns",
  commit: { id: "23e89e8ee7be", release: "6.11", stable: ["6.10.10", "6.1.110"] },
  subject: "tcp: Don't drop SYN+ACK for simultaneous connect().",
  where: "tcp_validate_incoming(), tcp_rcv_state_process()",
  former:
    "answers the SYN ACK of crossing SYNs with an ACK and drops it: the connection stays SYN_RCVD until an ACK comes",
  latter: "opens the connection by the SYN ACK of crossing SYNs, and answers with an ACK",
  seen: {
    former: ["5.10.262"],
    latter: ["6.1.192", "6.12.118", "6.16.12", "6.17.13", "6.18.15", "6.18.44", "7.2.13", "7.3.4"],
  },
};

export const FIRST_NUMBER_AFTER_TIME_WAIT: KernelChange = {
  id: "first-number-after-time-wait",
  commit: { id: "41eecbd712b7", release: "6.10" },
  subject: "tcp: replace TCP_SKB_CB(skb)->tcp_tw_isn with a per-cpu field",
  where: "tcp_conn_request(), tcp_timewait_state_process()",
  former: "forgets the number that TIME_WAIT had kept for the new connection, which begins at a number of its own",
  latter: "begins the new connection past the numbers of the old one",
  seen: {
    former: ["5.10.262", "6.1.192"],
    latter: ["6.12.118", "6.16.12", "6.17.13", "6.18.15", "6.18.44", "7.2.13", "7.3.4"],
  },
};
