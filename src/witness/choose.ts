// The witnesses of a run: those that this machine has, without those the user left out.

import { spawnsProcess, type Tool, type WitnessAsked, type WitnessName } from "../evidence/witnesses.ts";
import type { Witness } from "./witness.ts";

/** Loaded only where it is asked, with the parsers it needs. The tools first: their processes run while the others look. */
const LOOKING = {
  ss: async () => (await import("./ss/ss.ts")).ss,
  netstat: async () => (await import("./netstat/netstat.ts")).netstat,
  "sock-diag": async () => (await import("./sock-diag/sock-diag.ts")).sockDiag,
  procfs: async () => (await import("./procfs/procfs.ts")).procfs,
  "tcp-info": async () => (await import("./tcp-info/tcp-info.ts")).tcpInfo,
} satisfies Readonly<Record<WitnessAsked, () => Promise<Witness>>>;

const isTool = (name: WitnessName): name is Tool => spawnsProcess(name);

export function chooseWitnesses(tools: readonly Tool[], without: readonly WitnessName[]): Promise<readonly Witness[]> {
  const names = Object.keys(LOOKING) as WitnessAsked[];
  const chosen = names
    .filter((name) => !without.includes(name))
    .filter((name) => !isTool(name) || tools.includes(name));
  return Promise.all(chosen.map((name) => LOOKING[name]()));
}
