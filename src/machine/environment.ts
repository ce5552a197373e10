// environment.json: the machine a run took place on, as far as it bears on TCP.

import { arch, release, type, version } from "node:os";
import { readTcpMemory } from "../kernel/memory.ts";
import { isSecret, readIpv4Sysctls } from "../kernel/sysctl.ts";
import type { RunOptions } from "../run/run-options.ts";
import type { ToolReport } from "../witness/tools.ts";
import type { Capabilities } from "./capabilities.ts";
import { readConfigHz } from "./config-hz.ts";
import type { RunSysctls } from "./run-sysctls.ts";

export interface Environment {
  readonly kernel: string;
  readonly kernelBuild: string;
  readonly machine: string;
  /** CONFIG_HZ: timer ticks a second. */
  readonly configHz: number;
  /** The file it stands in, or what it was derived from. */
  readonly configHzFrom: string;
  /** Pages that all TCP of the host had in use when the run ended, as far as the kernel says. */
  readonly tcpMemory?: number;
  readonly node: string;
  readonly tools: Readonly<Record<string, string>>;
  readonly sysctls: {
    /** Undefined where the run could not look outside its namespace. */
    readonly host?: Readonly<Record<string, string>>;
    /** Of a fresh namespace, before anything was pinned or asked for. */
    readonly namespace: Readonly<Record<string, string>>;
    /** By --as-host and --sysctl: above the pins, and below what a scene is about. */
    readonly asked: Readonly<Record<string, string>>;
    /** Of src/claims/pins.ts, what a namespace takes on this machine. */
    readonly pinned: Readonly<Record<string, string>>;
    /** What it does not take, and why. */
    readonly unpinned: Readonly<Record<string, string>>;
    /** Of the host's, asked for with --as-host: those a namespace does not take, and why. */
    readonly notCopied?: Readonly<Record<string, string>>;
  };
  readonly capabilities: readonly string[];
  readonly missing: Readonly<Record<string, string>>;
  readonly witnesses: readonly string[];
  readonly absentWitnesses: Readonly<Record<string, string>>;
  readonly options: RunOptions;
}

export const kernelName = (): string => `${type()} ${release()}`;

export function describeEnvironment(setting: {
  readonly capabilities: Capabilities;
  readonly tools: ToolReport;
  readonly witnesses: readonly string[];
  readonly sysctls: RunSysctls;
  readonly options: RunOptions;
}): Environment {
  const [configHz, tcpMemory] = [readConfigHz(), readTcpMemory()];
  const { host, defaults, asked, pinned, unpinned, notCopied } = setting.sysctls;
  return {
    kernel: kernelName(),
    kernelBuild: version(),
    machine: arch(),
    configHz: configHz.hz,
    configHzFrom: configHz.from,
    ...(tcpMemory !== undefined && { tcpMemory }),
    node: process.version,
    tools: setting.tools.versions,
    sysctls: {
      ...(host !== undefined && { host: withoutSecrets(host) }),
      namespace: withoutSecrets(defaults),
      asked: withoutSecrets(asked),
      pinned,
      unpinned,
      ...(setting.options.asHost && { notCopied }),
    },
    capabilities: [...setting.capabilities.have],
    missing: { ...setting.capabilities.missing },
    witnesses: setting.witnesses,
    absentWitnesses: setting.tools.absent,
    options: setting.options,
  };
}

const withoutSecrets = (sysctls: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(sysctls).filter(([name]) => !isSecret(name)));

/** As root the process starts on the host; else the launcher read them before it entered the namespace. */
export function hostSysctls(): Readonly<Record<string, string>> | undefined {
  const handedOver = process.env.TCP_LAB_HOST_SYSCTLS;
  if (handedOver !== undefined) return JSON.parse(handedOver) as Record<string, string>;
  return process.env.TCP_LAB_NAMESPACE === "entered" ? undefined : readIpv4Sysctls();
}
