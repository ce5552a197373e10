// The witnesses of a run: those that this machine has, without those the user left out.

import type { WitnessName } from "../evidence/timeline.ts";
import { netstat } from "./netstat/netstat.ts";
import { procfs } from "./procfs/procfs.ts";
import { sockDiag } from "./sock-diag/sock-diag.ts";
import { ss } from "./ss/ss.ts";
import { tcpInfo } from "./tcp-info/tcp-info.ts";
import type { Tool } from "./tools.ts";
import type { Witness } from "./witness.ts";

/** The tools first: their processes are started before the others look, and run meanwhile. */
const LOOKING: readonly Witness[] = [ss, netstat, sockDiag, procfs, tcpInfo];

export const chooseWitnesses = (tools: readonly Tool[], without: readonly WitnessName[]): readonly Witness[] =>
  LOOKING.filter(({ name }) => !without.includes(name)).filter(
    ({ name }) => (name !== "ss" && name !== "netstat") || tools.includes(name),
  );
