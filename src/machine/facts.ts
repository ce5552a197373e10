// What this machine says of itself where it bears on namespaces: the raw facts from which causes.ts tells why something is missing.

import { existsSync, readFileSync } from "node:fs";
import { readSysctl } from "../kernel/sysctl.ts";

export interface MachineFacts {
  /** What came back when the launcher asked for a user and network namespace; undefined where it got one or needed none. */
  readonly refusal?: string;
  readonly root: boolean;
  /** user.max_user_namespaces (namespaces(7)): 0 forbids them. */
  readonly maxUserNamespaces?: number;
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
}

export function readFacts(): MachineFacts {
  const refusal = process.env.TCP_LAB_REFUSAL;
  const container = readContainer();
  return {
    ...(refusal !== undefined && { refusal }),
    root: process.getuid?.() === 0 && process.env.TCP_LAB_NAMESPACE !== "entered",
    ...optional("maxUserNamespaces", "user.max_user_namespaces"),
    ...optional("unprivilegedUsernsClone", "kernel.unprivileged_userns_clone"),
    ...optional("apparmorRestricts", "kernel.apparmor_restrict_unprivileged_userns"),
    seccompFilter: /^Seccomp:\s*2$/m.test(readFileSync("/proc/self/status", "latin1")),
    ...(container !== undefined && { container }),
    dev: existsSync("/dev/null"),
  };
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
