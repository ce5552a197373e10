// How long Linux may keep an answer back: the one that it delays is the acknowledgement (RFC 9293 §3.8.6.3).

/**
 * Milliseconds: TCP_DELACK_MAX (HZ/5; include/net/tcp.h), which tcp_send_delayed_ack() never exceeds. On a connection that
 * carried little it is TCP_DELACK_MIN (HZ/25, 40 ms). A compressed ACK comes after a millisecond
 * (tcp_comp_sack_delay_ns), everything else at once; a SYN ACK or FIN that a timer sends again is no answer.
 */
export const DELAYED_ACK_MAX_MS = 200;
