// Where the claims of lab:reset come from.

export const NO_CONNECTION = { source: "rfc9293", cite: "RFC 9293 §3.5.2, group 1" } as const;
export const PROCESSING = { source: "rfc9293", cite: "RFC 9293 §3.5.3" } as const;
export const HALF_OPEN = { source: "rfc9293", cite: "RFC 9293 §3.5.1, figure 10" } as const;
export const LINUX_RESET = { source: "linux", cite: "tcp_reset, net/ipv4/tcp_input.c" } as const;
export const MITIGATION = { source: "rfc5961", cite: "RFC 5961 §3.2" } as const;
export const KEEP_ALIVE = { source: "rfc9293", cite: "RFC 9293 §3.8.4" } as const;
