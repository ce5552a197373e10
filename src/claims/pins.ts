// What scenes rest on without being about it: sysctls that a scene's namespace is given one value of on every machine. Data only.

export interface Pin {
  readonly value: string;
  /** Where a namespace would have its value from, and what in a scene would change with it. */
  readonly because: string;
  /** Only where segments are held. */
  readonly held?: true;
}

const INHERITED = "A fresh namespace has the host's (tcp_sk_init, net/ipv4/tcp_ipv4.c)";
const OWN_DEFAULT = "What Linux has by itself, unless somebody built it otherwise";
const GIVES_UP = "A held segment must not be given up. By itself the kernel would do that after";

/**
 * In the order in which they are written. Each is below what the user asks for (--as-host, and above it --sysctl), and
 * below what a scene is about. A kernel that lacks one, or refuses it, is no fault: the run says which.
 */
export const PINS: Readonly<Record<string, Pin>> = {
  "net.ipv4.tcp_congestion_control": {
    value: "reno",
    because: `${INHERITED}. A send buffer grows to thrice the window with bbr, and to twice with others (tcp_sndbuf_expand). Reno is in every kernel, and any namespace may have it (tcp_set_default_congestion_control).`,
  },
  "net.ipv4.tcp_rmem": {
    value: "4096 131072 6291456",
    because: `${INHERITED}, and the host by its memory (tcp_init), unless somebody tuned it. Windows and their scale follow from it (tcp_select_initial_window).`,
  },
  "net.ipv4.tcp_wmem": {
    value: "4096 16384 4194304",
    because: `${INHERITED}, and the host by its memory (tcp_init), unless somebody tuned it. How much of a write is taken at once follows from it.`,
  },
  "net.ipv4.tcp_ecn": {
    value: "2",
    because: `${OWN_DEFAULT}. A SYN that asks for ECN has eight flags and not six.`,
  },
  "net.ipv4.tcp_syncookies": {
    value: "1",
    because: `${OWN_DEFAULT}. With 2 the kernel keeps no half-open request that could be seen in SYN_RCVD.`,
  },
  "net.ipv4.tcp_max_tw_buckets": {
    value: "4096",
    because:
      "A fresh namespace has half as many as its connection table has buckets (tcp_set_hashinfo). Before Linux 6.1 that table is the host's, by its memory. Over this number no TIME_WAIT is made.",
  },
  "net.ipv6.conf.all.disable_ipv6": {
    value: "0",
    because:
      "A host may switch IPv6 off for every namespace (ipv6.disable_ipv6=1 at boot, or devconf_inherit_init_net). Scenes over IPv6 need ::1 on lo.",
  },
  "net.ipv6.conf.lo.disable_ipv6": { value: "0", because: "The same, of the one interface that a scene has." },
  "net.ipv4.tcp_syn_retries": { value: "127", because: `${GIVES_UP} 134 s in SYN_SENT.`, held: true },
  "net.ipv4.tcp_synack_retries": { value: "255", because: `${GIVES_UP} 64 s in SYN_RCVD.`, held: true },
  "net.ipv4.tcp_orphan_retries": {
    value: "255",
    because: `${GIVES_UP} 108 s, where no program has the socket any more.`,
    held: true,
  },
  "net.ipv4.tcp_retries2": { value: "255", because: `${GIVES_UP} 924 s, where one has it still.`, held: true },
};
