// The sysctls that the user wants in every scene's namespace: tried in a fresh one before anything is played.

import { closest } from "../closest.ts";
import { UsageError } from "../fault.ts";
import { KernelError } from "../kernel/libc.ts";
import { enterNetworkNamespace } from "../kernel/network-namespace.ts";
import { readIpv4Sysctls, readSysctl, writeSysctl } from "../kernel/sysctl.ts";
import type { RunOptions } from "../run-options.ts";
import type { Capabilities } from "./capabilities.ts";

type Sysctls = Readonly<Record<string, string>>;

export interface RunSysctls {
  /** Of a fresh namespace: the kernel's defaults. */
  readonly defaults: Sysctls;
  /** Undefined where the run could not look outside its namespace. */
  readonly host: Sysctls | undefined;
  /** To be written in every scene's namespace before the scene's own. */
  readonly written: Sysctls;
  /** The host's that a namespace does not take, and what came back. */
  readonly notCopied: Sysctls;
}

/** `host`: the host's own, for --as-host. Throws a UsageError for a --sysctl that a namespace does not take. */
export function settleSysctls(
  options: Pick<RunOptions, "sysctls" | "asHost">,
  { have, missing }: Capabilities,
  host: Sysctls | undefined,
): RunSysctls {
  const wanted = Object.entries(options.sysctls);
  if (!have.has("namespace")) {
    const [first] = wanted;
    if (first !== undefined) throw new UsageError(`--sysctl ${first[0]}: it would be the host's: ${missing.namespace}`);
    return { defaults: readIpv4Sysctls(), host, written: {}, notCopied: {} };
  }
  using _namespace = enterNetworkNamespace();
  const defaults = readIpv4Sysctls();
  const copied = options.asHost ? copyHost(host ?? {}, defaults) : { written: {}, notCopied: {} };
  for (const [name, value] of wanted) mustTake(name, value, defaults);
  return { defaults, host, written: { ...copied.written, ...options.sysctls }, notCopied: copied.notCopied };
}

/** Those that a fresh namespace has with another value; some of them are not a namespace's own to set. */
function copyHost(host: Sysctls, defaults: Sysctls): Pick<RunSysctls, "written" | "notCopied"> {
  const written: Record<string, string> = {};
  const notCopied: Record<string, string> = {};
  for (const [name, value] of Object.entries(host)) {
    if (defaults[name] === undefined || defaults[name] === value) continue;
    const refusal = refusalOf(name, value);
    if (refusal === undefined) written[name] = value;
    else notCopied[name] = refusal;
  }
  return { written, notCopied };
}

function mustTake(name: string, value: string, defaults: Sysctls): void {
  const attempt = `--sysctl ${name}=${value}`;
  // Others are not a network namespace's: written by root they would be the host's.
  if (!name.startsWith("net.")) throw new UsageError(`${attempt}: only net.* sysctls belong to a network namespace`);
  const refusal = refusalOf(name, value);
  if (refusal === undefined) return;
  const nearest = readSysctl(name) === undefined ? closest(name, Object.keys(defaults)) : undefined;
  throw new UsageError(
    `${attempt}: writing it in a fresh namespace: ${refusal}${nearest === undefined ? "" : `: did you mean "${nearest}"?`}`,
  );
}

const REFUSALS: Readonly<Record<string, string>> = {
  ENOENT: "a namespace has no such sysctl",
  EACCES: "a namespace may not change it",
  EPERM: "a namespace may not change it",
  EINVAL: "the kernel does not take this value",
  EROFS: "/proc/sys is mounted read-only",
};

/** What came back in words; undefined when it was written. */
function refusalOf(name: string, value: string): string | undefined {
  try {
    writeSysctl(name, value);
    return undefined;
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    return [error.errno, REFUSALS[error.errno]].filter((text) => text !== undefined).join(": ");
  }
}
