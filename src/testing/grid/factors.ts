// What differs from machine to machine and must not differ in a verdict: the grid's factors, each with its levels. Data only.

import type { Capability } from "../../claims/claim.ts";
import type { DebianTool } from "./debian-tools.ts";

export interface Level {
  readonly name: string;
  /** Asked for with --sysctl, above what scenes rest on. */
  readonly sysctls?: Readonly<Record<string, string>>;
  /** All of it on one processor (taskset). */
  readonly oneProcessor?: true;
  /** First in PATH. */
  readonly tool?: DebianTool;
  /** A capability that is missing with this level: claims that need it are unsupported. */
  readonly lacks?: Capability;
  /** Its tool prints no timers, and says nothing on how long an end still waits. */
  readonly withoutTimers?: true;
}

export interface Factor {
  readonly name: string;
  /** The first is the baseline. The sample has the first two that this machine can play. */
  readonly levels: readonly [Level, ...Level[]];
}

const control = (name: string): Level => ({ name, sysctls: { "net.ipv4.tcp_congestion_control": name } });

const memory = (name: string, receive: string, send: string, more: Level["sysctls"] = {}): Level => ({
  name,
  sysctls: { "net.ipv4.tcp_rmem": receive, "net.ipv4.tcp_wmem": send, ...more },
});

/** For both of the names that a distribution's sysctl.d sets for interfaces. */
const conf = (settings: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(settings).flatMap(([name, value]) =>
      ["all", "default"].map((which) => [`net.ipv4.conf.${which}.${name}`, value]),
    ),
  );

/** systemd's 50-default.conf, which Debian 13, Fedora, Arch and openSUSE have; 10-arch.conf. */
const SYSTEMD = {
  ...conf({ accept_source_route: "0", promote_secondaries: "1" }),
  "net.ipv4.conf.default.rp_filter": "2",
  "net.ipv4.ping_group_range": "0 2147483647",
  "net.ipv4.tcp_keepalive_time": "120",
  "net.core.optmem_max": "81920",
};

/** As /etc/sysctl.d has them, as far as a namespace takes them. */
const DISTRIBUTIONS: Factor["levels"] = [
  { name: "none" },
  {
    // security-misc's 990-security-misc.conf.
    name: "Kicksecure",
    sysctls: {
      ...conf({ rp_filter: "1", arp_filter: "1", arp_ignore: "2", accept_redirects: "0", log_martians: "1" }),
      ...conf({ send_redirects: "0", accept_source_route: "0", shared_media: "0", drop_gratuitous_arp: "1" }),
      "net.ipv4.tcp_timestamps": "0",
      "net.ipv4.tcp_rfc1337": "1",
      "net.ipv4.tcp_tw_reuse": "0",
      "net.ipv4.tcp_syncookies": "1",
      "net.ipv4.icmp_echo_ignore_all": "1",
      "net.ipv6.conf.all.accept_ra": "0",
    },
  },
  {
    // What guides for servers have in common.
    name: "server tuning",
    sysctls: {
      "net.ipv4.tcp_tw_reuse": "1",
      "net.ipv4.tcp_fin_timeout": "15",
      "net.ipv4.tcp_max_syn_backlog": "4096",
      "net.core.somaxconn": "32768",
      "net.ipv4.ip_local_port_range": "1024 65535",
      "net.ipv4.tcp_slow_start_after_idle": "0",
      "net.ipv4.tcp_fastopen": "3",
      "net.ipv4.tcp_mtu_probing": "1",
      "net.ipv4.tcp_keepalive_time": "300",
      "net.ipv4.tcp_synack_retries": "2",
      "net.ipv4.tcp_syn_retries": "2",
      "net.ipv4.tcp_retries2": "8",
      "net.ipv4.tcp_notsent_lowat": "16384",
      "net.ipv4.tcp_no_metrics_save": "1",
    },
  },
  { name: "systemd", sysctls: SYSTEMD },
  {
    // 10-network-security.conf, 10-ipv6-privacy.conf.
    name: "Ubuntu 24.04",
    sysctls: { ...conf({ rp_filter: "2" }), "net.ipv6.conf.all.use_tempaddr": "2" },
  },
  {
    // 50-redhat.conf over systemd's, and tuned's profile network-throughput.
    name: "RHEL 9 tuned",
    sysctls: {
      ...SYSTEMD,
      "net.ipv4.conf.default.rp_filter": "1",
      "net.ipv4.tcp_rmem": "4096 131072 16777216",
      "net.ipv4.tcp_wmem": "4096 16384 16777216",
      "net.ipv4.tcp_notsent_lowat": "131072",
      "net.ipv4.tcp_slow_start_after_idle": "0",
    },
  },
  {
    // moby's WithCommonOptions.
    name: "docker",
    sysctls: { "net.ipv4.ip_unprivileged_port_start": "0", "net.ipv4.ping_group_range": "0 2147483647" },
  },
  {
    // WSL's init with mirrored networking: NetworkManager.cpp, and c_ephemeralPortRange of lxinitshared.h.
    name: "WSL2 mirrored",
    sysctls: {
      ...conf({ arp_filter: "1" }),
      "net.ipv4.conf.all.rp_filter": "0",
      "net.ipv4.ip_local_port_range": "10000 20001",
      "net.ipv6.conf.all.accept_ra": "0",
      "net.ipv6.conf.all.dad_transmits": "0",
      "net.ipv6.conf.all.autoconf": "0",
      "net.ipv6.conf.all.addr_gen_mode": "1",
      "net.ipv6.conf.all.use_tempaddr": "0",
    },
  },
  {
    // CIS level 1 of the common distributions, and what older guides add.
    name: "CIS and older",
    sysctls: {
      ...conf({ rp_filter: "1", accept_redirects: "0", secure_redirects: "0", send_redirects: "0", log_martians: "1" }),
      "net.ipv4.tcp_syncookies": "1",
      "net.ipv4.tcp_timestamps": "0",
      "net.ipv4.tcp_sack": "0",
      "net.ipv4.tcp_max_syn_backlog": "256",
      "net.ipv4.tcp_abort_on_overflow": "1",
      "net.ipv6.conf.all.accept_ra": "0",
    },
  },
  { name: "ECN", sysctls: { "net.ipv4.tcp_ecn": "1" } },
];

export const FACTORS: readonly Factor[] = [
  { name: "control", levels: [{ name: "pinned" }, control("cubic"), control("bbr")] },
  { name: "processors", levels: [{ name: "all" }, { name: "one", oneProcessor: true }] },
  {
    name: "memory",
    levels: [
      { name: "pinned" },
      memory("tiny", "4096 8192 16384", "4096 8192 16384"),
      // As tcp_init would have it: of 128 MB, and of a machine that was tuned for long fat networks.
      memory("128 MB", "4096 131072 1048576", "4096 16384 1048576", { "net.ipv4.tcp_max_tw_buckets": "512" }),
      memory("tuned", "4096 1048576 67108864", "4096 1048576 67108864"),
    ],
  },
  { name: "sysctls", levels: DISTRIBUTIONS },
  {
    name: "ipv6",
    levels: [{ name: "on" }, { name: "off", sysctls: { "net.ipv6.conf.all.disable_ipv6": "1" }, lacks: "ipv6" }],
  },
  {
    name: "ss",
    levels: [
      { name: "own" },
      { name: "sid", tool: { program: "ss", suite: "sid", debianPackage: "iproute2" } },
      { name: "bullseye", tool: { program: "ss", suite: "bullseye", debianPackage: "iproute2" } },
      { name: "bookworm", tool: { program: "ss", suite: "bookworm", debianPackage: "iproute2" } },
      { name: "trixie", tool: { program: "ss", suite: "trixie", debianPackage: "iproute2" } },
    ],
  },
  {
    name: "netstat",
    levels: [
      { name: "own" },
      {
        name: "busybox",
        tool: { program: "netstat", suite: "trixie", debianPackage: "busybox" },
        withoutTimers: true,
      },
      { name: "bullseye", tool: { program: "netstat", suite: "bullseye", debianPackage: "net-tools" } },
      { name: "sid", tool: { program: "netstat", suite: "sid", debianPackage: "net-tools" } },
    ],
  },
];
