// The sysctls of every scene's namespace, those that are pinned and those that the user asks for: tried in a fresh one before anything is played.

import { PINS } from "../claims/pins.ts";
import { closest } from "../closest.ts";
import { UsageError } from "../fault.ts";
import { KernelError } from "../kernel/libc.ts";
import { NetworkNamespace } from "../kernel/network-namespace.ts";
import { isSecret, readIpv4Sysctls, readSysctl, writeSysctl } from "../kernel/sysctl.ts";
import type { RunOptions } from "../run/run-options.ts";
import type { Capabilities } from "./capabilities.ts";

type Sysctls = Readonly<Record<string, string>>;

export interface RunSysctls {
  /** Of a fresh namespace: the kernel's defaults. */
  readonly defaults: Sysctls;
  /** Undefined where the run could not look outside its namespace. */
  readonly host: Sysctls | undefined;
  /** By --as-host and --sysctl, as the kernel spells the values. */
  readonly asked: Sysctls;
  /** Of the pins, those that a namespace takes here. */
  readonly pinned: Sysctls;
  /** Those that it does not, and what came back. */
  readonly unpinned: Sysctls;
  /** The host's that a namespace does not take, and what came back. */
  readonly notCopied: Sysctls;
}

/** For a run that nobody started from the command line. */
export const NOTHING_ASKED = { sysctls: {}, asHost: false } as const;

/** `host`: the host's own, for --as-host. Throws a UsageError for a --sysctl that a namespace does not take. */
export function settleSysctls(
  options: Pick<RunOptions, "sysctls" | "asHost">,
  { have, missing }: Capabilities,
  host: Sysctls | undefined,
): RunSysctls {
  if (!have.has("namespace")) {
    const [first] = Object.entries(options.sysctls);
    if (first !== undefined) throw new UsageError(`--sysctl ${first[0]}: it would be the host's: ${missing.namespace}`);
    const unpinned = Object.fromEntries(Object.keys(PINS).map((name) => [name, "no private namespace"]));
    return { defaults: readIpv4Sysctls(), host, asked: {}, pinned: {}, unpinned, notCopied: {} };
  }
  using namespace = NetworkNamespace.make();
  return namespace.inside(() => settleInside(options, host));
}

function settleInside(options: Pick<RunOptions, "sysctls" | "asHost">, host: Sysctls | undefined): RunSysctls {
  const defaults = readIpv4Sysctls();
  const pins = writeAll(Object.entries(PINS).map(([name, { value }]) => [name, value]));
  const copied = options.asHost ? copyHost(host ?? {}, readIpv4Sysctls()) : { taken: {}, refused: {} };
  const asked = Object.entries(options.sysctls).map(([name, value]) => [name, mustTake(name, value, defaults)]);
  return {
    defaults,
    host,
    asked: { ...copied.taken, ...Object.fromEntries(asked) },
    pinned: pins.taken,
    unpinned: pins.refused,
    notCopied: copied.refused,
  };
}

/** Those that a pinned namespace has with another value; some of them are not a namespace's own to set. */
const copyHost = (host: Sysctls, pinned: Sysctls) =>
  writeAll(
    Object.entries(host).filter(
      ([name, value]) => pinned[name] !== undefined && pinned[name] !== value && !isSecret(name),
    ),
  );

/** Which of these a namespace takes, and what came back for the others. */
function writeAll(values: readonly (readonly [string, string])[]): {
  readonly taken: Sysctls;
  readonly refused: Sysctls;
} {
  const taken: Record<string, string> = {};
  const refused: Record<string, string> = {};
  for (const [name, value] of values) {
    const refusal = refusalOf(name, value);
    if (refusal === undefined) taken[name] = value;
    else refused[name] = refusal;
  }
  return { taken, refused };
}

/** Returns the value as the kernel spells it, who may have rounded it to its ticks. */
function mustTake(name: string, value: string, defaults: Sysctls): string {
  const attempt = `--sysctl ${name}=${value}`;
  // Others are not a network namespace's: written by root they would be the host's.
  if (!name.startsWith("net.")) throw new UsageError(`${attempt}: only net.* sysctls belong to a network namespace`);
  const refusal = refusalOf(name, value);
  if (refusal === undefined) return readSysctl(name) ?? value;
  const nearest = readSysctl(name) === undefined ? closest(name, Object.keys(defaults)) : undefined;
  throw new UsageError(
    `${attempt}: in a namespace of the lab's: ${refusal}${nearest === undefined ? "" : `: did you mean "${nearest}"?`}`,
  );
}

const REFUSALS: Readonly<Record<string, string>> = {
  ENOENT: "a namespace has no such sysctl",
  EACCES: "a namespace may not change it",
  EPERM: "a namespace may not change it",
  EINVAL: "the kernel does not take this value",
  EROFS: "/proc/sys is mounted read-only",
};

/** With these the kernel's own answers would bear the mark by which the gate knows what the lab hands on (ip-sysctl). */
const OF_THE_MARK = ["net.ipv4.tcp_fwmark_accept", "net.ipv4.fwmark_reflect", "net.ipv6.fwmark_reflect"];

/** What came back in words; undefined when it was written. */
function refusalOf(name: string, value: string): string | undefined {
  if (OF_THE_MARK.includes(name) && value !== "0") return "the kernel's answers would bear the lab's own mark";
  try {
    writeSysctl(name, value);
    return undefined;
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    return [error.errno, REFUSALS[error.errno]].filter((text) => text !== undefined).join(": ");
  }
}
