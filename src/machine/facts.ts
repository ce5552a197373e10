// What this machine says of itself where it bears on namespaces: the raw facts from which causes.ts tells why something is missing.

import { existsSync, readFileSync } from "node:fs";
import { readSysctl } from "../kernel/sysctl.ts";

export interface MachineFacts {
  /** What came back when the launcher asked for a user and network namespace; undefined where it got one or needed none. */
  readonly refusal?: string;
  /** On the machine or in the container that it was started in, not in a namespace that the launcher made for it. */
  readonly root: boolean;
  /** What that root has not, of the capabilities that namespaces take (capabilities(7)): "CAP_NET_ADMIN". */
  readonly lacking: readonly string[];
  /** user.max_user_namespaces (namespaces(7)): 0 forbids them. */
  readonly maxUserNamespaces?: number;
  /** user.max_net_namespaces: 0 forbids network namespaces, to root as well. */
  readonly maxNetNamespaces?: number;
  /** kernel.unprivileged_userns_clone, a sysctl of Debian's and Arch's kernels: 0 leaves user namespaces to root. */
  readonly unprivilegedUsernsClone?: number;
  /** kernel.apparmor_restrict_unprivileged_userns, Ubuntu 23.10 and later: 1 takes all capabilities from them. */
  readonly apparmorRestricts?: number;
  /** A system call filter lies on this process (proc(5), Seccomp: 2), as in a container. */
  readonly seccompFilter: boolean;
  /** "docker", "podman", or what systemd calls the container. */
  readonly container?: string;
  /** /dev/null is there. */
  readonly dev: boolean;
  /** sysfs is mounted on /sys, where the kernel makes a folder for tracefs. */
  readonly sys: boolean;
}

/** Bits of CapEff (linux/capability.h). */
const NEEDED = { CAP_NET_ADMIN: 12n, CAP_NET_RAW: 13n, CAP_SYS_ADMIN: 21n } as const;

export function readFacts(): MachineFacts {
  const refusal = process.env.TCP_LAB_REFUSAL;
  const container = readContainer();
  const status = readFileSync("/proc/self/status", "latin1");
  const root = isRoot();
  return {
    ...(refusal !== undefined && { refusal }),
    root,
    lacking: root ? lackingOf(process.env.TCP_LAB_CAPABILITIES ?? effectiveIn(status)) : [],
    ...optional("maxUserNamespaces", "user.max_user_namespaces"),
    ...optional("maxNetNamespaces", "user.max_net_namespaces"),
    ...optional("unprivilegedUsernsClone", "kernel.unprivileged_userns_clone"),
    ...optional("apparmorRestricts", "kernel.apparmor_restrict_unprivileged_userns"),
    seccompFilter: /^Seccomp:\s*2$/m.test(status),
    ...(container !== undefined && { container }),
    dev: existsSync("/dev/null"),
    sys: existsSync("/sys/kernel"),
  };
}

/** Everybody is root in the namespace that the launcher made; the map (user_namespaces(7)) tells who that is outside. */
function isRoot(): boolean {
  if (process.env.TCP_LAB_NAMESPACE !== "entered") return process.getuid?.() === 0;
  return /^\s*0\s+0\s/m.test(readFileSync("/proc/self/uid_map", "latin1"));
}

/** Hexadecimal digits. In the namespace that the launcher made they are all there: it hands on what it had outside. */
const effectiveIn = (status: string): string => /^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? "0";

function lackingOf(effective: string): readonly string[] {
  const has = (bit: bigint) => ((BigInt(`0x${effective}`) >> bit) & 1n) === 1n;
  return Object.entries(NEEDED).flatMap(([name, bit]) => (has(bit) ? [] : [name]));
}

function optional<K extends keyof MachineFacts>(fact: K, sysctl: string): Partial<Record<K, number>> {
  const value = readSysctl(sysctl);
  return (value === undefined ? {} : { [fact]: Number(value) }) as Partial<Record<K, number>>;
}

function readContainer(): string | undefined {
  if (existsSync("/.dockerenv")) return "docker";
  if (existsSync("/run/.containerenv")) return "podman";
  return process.env.container;
}
