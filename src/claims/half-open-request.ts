// What a claim on a server in SYN_RCVD rests on: that the kernel keeps a half-open request at all.

/** A condition. With tcp_syncookies=2 all that a half-open connection is lies in the SYN ACK's sequence number (ip-sysctl). */
export const REQUEST_IS_KEPT = "unless tcp_syncookies=2 has the kernel keep no half-open requests";
