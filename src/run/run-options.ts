// The options of a lab run, as the command line hands them over.

import type { WitnessName } from "../evidence/witnesses.ts";

export interface RunOptions {
  /** The verdict document alone on standard output. */
  readonly json: boolean;
  /** The folder that runs are put into. */
  readonly out: string;
  readonly student?: string;
  readonly nonce?: string;
  readonly ipv6: boolean;
  /** No private namespace. */
  readonly host: boolean;
  readonly without: readonly WitnessName[];
  /** Above what scenes rest on, and below what they are about. */
  readonly sysctls: Readonly<Record<string, string>>;
  /** Copies the host's net.ipv4 sysctls into the namespaces. */
  readonly asHost: boolean;
  readonly quiet: boolean;
  readonly quick: boolean;
  /** How many TIME_WAITs lab:timewait watches. */
  readonly population?: number;
  readonly step: boolean;
  /** The reports ask their questions and leave the answers out. */
  readonly worksheet: boolean;
}
