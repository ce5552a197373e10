// From what a machine refused and what it says of itself to the cause, and to the command that mends it. Pure: tried on what other machines would print.

import type { Capability } from "../claims/claim.ts";
import type { MachineFacts } from "./facts.ts";

export interface Cause {
  /** Why, in a few words. */
  readonly cause: string;
  /** A command, or what else to do. */
  readonly remedy: string;
}

/** Whose privileges would do. A root that lacks some is helped by no sudo. */
const withPrivilege = ({ lacking }: MachineFacts): string =>
  lacking.length === 0
    ? "run the lab with sudo"
    : `give this root ${lacking.join(", ")} (docker run ${lacking.map((name) => name.replace("CAP_", "--cap-add ")).join(" ")})`;
const UNCONFINED = "--security-opt seccomp=unconfined --security-opt systempaths=unconfined";
/** Enough for every run there could be; the kernel's default is half its limit of threads. */
const ENOUGH_NAMESPACES = 15_000;

/** `reason`: what came back from the trial. Undefined where nothing is known but that. */
export function causeOf(capability: Capability, reason: string, facts: MachineFacts): Cause | undefined {
  if (capability === "namespace") return causeOfNoNamespace(reason, facts);
  if (capability === "tracepoint") return causeOfNoTracepoint(reason, facts);
  if (capability === "diag-destroy" && /EOPNOTSUPP|EINVAL/.test(reason)) return causeOfNoDestroying(reason);
  if (capability === "tw-reuse-delay") return newerKernel("the setting", "6.14", "ca6a6f93867a");
  if (capability === "ipv6") return causeOfNoIpv6(reason);
  if (capability === "sysctl" && /EROFS/.test(reason))
    return {
      cause: "/proc/sys is mounted read-only, as container runtimes do",
      remedy: "start the container with --security-opt systempaths=unconfined, or with --privileged",
    };
  if (/EPERM|EACCES/.test(reason))
    return facts.seccompFilter
      ? inContainer(facts)
      : {
          cause: "the privilege over the network namespace is denied",
          remedy: `run the lab without --host, or ${withPrivilege(facts)}`,
        };
  return undefined;
}

function causeOfNoNamespace(reason: string, facts: MachineFacts): Cause | undefined {
  const off = (sysctl: string, better: number, why: string): Cause => ({
    cause: `${why} (${sysctl})`,
    remedy: `sudo sysctl -w ${sysctl.replace(/=.*/, `=${better}`)}, or ${withPrivilege(facts)}`,
  });
  if (reason.includes("--host")) return undefined;
  if (/unshare: not found/.test(reason))
    return {
      cause: "the program unshare is not installed",
      remedy: `apt-get install util-linux, or ${withPrivilege(facts)}`,
    };
  if (facts.maxNetNamespaces === 0)
    return {
      cause: "network namespaces are switched off (user.max_net_namespaces=0)",
      remedy: `sudo sysctl -w user.max_net_namespaces=${ENOUGH_NAMESPACES}`,
    };
  if (facts.maxUserNamespaces === 0)
    return off("user.max_user_namespaces=0", ENOUGH_NAMESPACES, "user namespaces are switched off");
  if (!facts.root && facts.unprivilegedUsernsClone === 0)
    return off("kernel.unprivileged_userns_clone=0", 1, "user namespaces are left to root");
  if (!facts.root && facts.apparmorRestricts === 1)
    return off(
      "kernel.apparmor_restrict_unprivileged_userns=1",
      0,
      "AppArmor takes the capabilities from user namespaces of unprivileged users",
    );
  if (facts.seccompFilter) return inContainer(facts);
  if (/No space left|ENOSPC/.test(reason))
    return {
      cause: "a limit of namespaces is reached (user.max_user_namespaces, user.max_net_namespaces)",
      remedy: "end other namespaces, or set these sysctls higher",
    };
  if (/setns\(\).*EPERM/.test(reason))
    return {
      cause: "the network namespace belongs to a user namespace above this one: there would be no way back to it",
      remedy: "install nsenter and unshare (apt-get install util-linux), or run the lab outside of this user namespace",
    };
  if (facts.root && facts.lacking.length === 0) return undefined;
  const who = facts.root ? `this root, which lacks ${facts.lacking.join(", ")},` : "this user";
  return { cause: `${who} may not make namespaces`, remedy: withPrivilege(facts) };
}

const inContainer = ({ container }: MachineFacts): Cause => ({
  cause: `a seccomp filter${container === undefined ? "" : `, set by ${container},`} refuses the system call`,
  remedy: `start the container with ${UNCONFINED}: "${container === "podman" ? "podman" : "docker"} run ${UNCONFINED} ..."`,
});

function causeOfNoIpv6(reason: string): Cause | undefined {
  if (/EAFNOSUPPORT/.test(reason))
    return {
      cause: "this kernel has no IPv6, or was booted with ipv6.disable=1",
      remedy: "boot it without, or leave IPv6 out",
    };
  if (/EADDRNOTAVAIL/.test(reason))
    return {
      cause: "lo has no ::1: IPv6 is switched off (net.ipv6.conf.all.disable_ipv6 or lo's own)",
      remedy: "leave it on, or leave IPv6 out",
    };
  return undefined;
}

function causeOfNoTracepoint(reason: string, facts: MachineFacts): Cause | undefined {
  if (reason.includes("--")) return undefined; // left out by the user's own wish
  if (!facts.root) return { cause: "the kernel's tracepoints are root's alone", remedy: "run the lab with sudo" };
  if (/inet_sock_set_state/.test(reason) && /ENOENT/.test(reason))
    return newerKernel("the tracepoint inet_sock_set_state", "4.16", "563e0bb0dc74");
  // The kernel makes the folder by itself (tracefs_init, fs/tracefs/inode.c), and the lab mounts what is not mounted.
  if (/ENOENT|ENODEV/.test(reason))
    return facts.sys
      ? {
          cause: "this kernel was built without tracing (CONFIG_FTRACE)",
          remedy: "run the lab on a kernel that was built with it",
        }
      : { cause: "/sys is not mounted", remedy: "mount -t sysfs sysfs /sys, or give the container or chroot its /sys" };
  if (/EACCES|EPERM/.test(reason) && facts.lacking.length > 0)
    return {
      cause: `this root lacks ${facts.lacking.join(", ")}, and from a user namespace of its own tracefs is out of reach`,
      remedy: withPrivilege(facts),
    };
  if (/EACCES|EPERM|EROFS/.test(reason))
    return { cause: "tracefs is closed even to this root, as in a container", remedy: "run the lab outside of it" };
  return undefined;
}

/** `commit`: what brought it, merged for that version with net-next. */
const newerKernel = (what: string, version: string, commit: string): Cause => ({
  cause: `this kernel is too old: ${what} came with Linux ${version} (${commit})`,
  remedy: `run the lab on Linux ${version} or later`,
});

/** inet_diag_cmd_exact (net/ipv4/inet_diag.c): EOPNOTSUPP without the option. Before Linux 4.5 the request was not known: EINVAL. */
const causeOfNoDestroying = (reason: string): Cause =>
  reason.endsWith("on a listener: done")
    ? newerKernel("ending a TIME_WAIT, which is no full socket,", "6.0", "af9784d007d8")
    : {
        cause: "this kernel was built without CONFIG_INET_DIAG_DESTROY, or is older than it (Linux 4.5, c1e64e298b8c)",
        remedy: "run the lab on a kernel that was built with it",
      };

/** "what came back: cause: remedy", as far as they are known. */
export const formatMissing = (reason: string, cause: Cause | undefined): string =>
  cause === undefined ? reason : `${reason}: ${cause.cause}: ${cause.remedy}`;
