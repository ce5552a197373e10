// environment.json: the machine a run took place on, as far as it bears on TCP.

import { readFileSync } from "node:fs";
import { arch, release, type, version } from "node:os";
import { gunzipSync } from "node:zlib";
import { readIpv4Sysctls } from "../kernel/sysctl.ts";
import type { RunOptions } from "../run-options.ts";
import type { ToolReport } from "../witness/tools.ts";
import type { Capabilities } from "./capabilities.ts";
import type { RunSysctls } from "./run-sysctls.ts";

export interface Environment {
  readonly kernel: string;
  readonly kernelBuild: string;
  readonly machine: string;
  /** CONFIG_HZ: timer ticks a second. Undefined where the kernel's configuration is hidden. */
  readonly configHz?: number;
  readonly node: string;
  readonly tools: Readonly<Record<string, string>>;
  readonly sysctls: {
    /** Undefined where the run could not look outside its namespace. */
    readonly host?: Readonly<Record<string, string>>;
    /** Of a fresh namespace, before any scene wrote its own. */
    readonly namespace: Readonly<Record<string, string>>;
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
  const hz = readConfigHz();
  const host = hostSysctls();
  return {
    kernel: kernelName(),
    kernelBuild: version(),
    machine: arch(),
    ...(hz !== undefined && { configHz: hz }),
    node: process.version,
    tools: setting.tools.versions,
    sysctls: {
      ...(host !== undefined && { host }),
      namespace: setting.sysctls.defaults,
      ...(setting.options.asHost && { notCopied: setting.sysctls.notCopied }),
    },
    capabilities: [...setting.capabilities.have],
    missing: { ...setting.capabilities.missing },
    witnesses: setting.witnesses,
    absentWitnesses: setting.tools.absent,
    options: setting.options,
  };
}

/** As root the process starts on the host; else the launcher read them before it entered the namespace. */
export function hostSysctls(): Readonly<Record<string, string>> | undefined {
  const handedOver = process.env.TCP_LAB_HOST_SYSCTLS;
  if (handedOver !== undefined) return JSON.parse(handedOver) as Record<string, string>;
  return process.env.TCP_LAB_NAMESPACE === "entered" ? undefined : readIpv4Sysctls();
}

/** From the running kernel's own configuration, or the one it was booted with. */
function readConfigHz(): number | undefined {
  for (const read of [
    () => gunzipSync(readFileSync("/proc/config.gz")),
    () => readFileSync(`/boot/config-${release()}`),
  ]) {
    try {
      const [, hz] = /^CONFIG_HZ=(\d+)$/m.exec(read().toString("latin1")) ?? [];
      if (hz !== undefined) return Number(hz);
    } catch {
      // the next place, or none
    }
  }
  return undefined;
}
