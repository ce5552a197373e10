// What scenes rest on without being about it: sysctls that a scene's namespace is given one value of on every machine. Data only.

export interface Pin {
  readonly value: string;
  /** Where a namespace would have its value from, and what in a scene would change with it. */
  readonly because: string;
  /** Only where segments are held. */
  readonly held?: true;
}

const INHERITED = "A fresh namespace has the host's (tcp_sk_init, net/ipv4/tcp_ipv4.c)";
const LATER = "A held segment must not be given up: the kernel would after";

/**
 * In the order in which they are written. Each is below what the user asks for (--as-host, and above it --sysctl), and
 * below what a scene is about. A kernel that lacks one, or refuses it, is no fault: the run says which.
 */
export const PINS: Readonly<Record<string, Pin>> = {
  "net.ipv4.tcp_congestion_control": {
    value: "reno",
    because: `${INHERITED}: how far a send buffer grows depends on it (tcp_sndbuf_expand: bbr has it thrice the window, others twice), and reno is the one that every kernel has and lets a namespace have (tcp_set_default_congestion_control).`,
  },
  "net.ipv4.tcp_rmem": {
    value: "4096 131072 6291456",
    because: `${INHERITED}, which has it from its memory (tcp_init) unless somebody tuned it: windows and their scale follow from it (tcp_select_initial_window).`,
  },
  "net.ipv4.tcp_wmem": {
    value: "4096 16384 4194304",
    because: `${INHERITED}, which has it from its memory (tcp_init) unless somebody tuned it: how much of a write is taken at once follows from it.`,
  },
  "net.ipv4.tcp_max_tw_buckets": {
    value: "4096",
    because:
      "A fresh namespace has half its connection table's buckets, and that table is the host's, by its memory, before Linux 6.1 (tcp_set_hashinfo): over this number no TIME_WAIT is made.",
  },
  "net.core.somaxconn": {
    value: "4096",
    because: "Linux before 5.4 has 128 (SOMAXCONN): connections that nobody has accepted yet would be dropped.",
  },
  "net.ipv6.conf.all.disable_ipv6": {
    value: "0",
    because:
      "A host may switch IPv6 off for every namespace (ipv6.disable_ipv6=1 at boot, or devconf_inherit_init_net): scenes over IPv6 need ::1 on lo.",
  },
  "net.ipv6.conf.lo.disable_ipv6": { value: "0", because: "The same, for the only interface of a scene." },
  "net.ipv4.tcp_syn_retries": { value: "127", because: `${LATER} 134 s in SYN_SENT.`, held: true },
  "net.ipv4.tcp_synack_retries": { value: "255", because: `${LATER} 64 s in SYN_RCVD.`, held: true },
  "net.ipv4.tcp_orphan_retries": {
    value: "255",
    because: `${LATER} 108 s where no program has the socket.`,
    held: true,
  },
  "net.ipv4.tcp_retries2": { value: "255", because: `${LATER} 924 s, where a program still has it.`, held: true },
};
