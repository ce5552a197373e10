// One complete dump of the kernel's TCP sockets: received to its end, and asked for again where the kernel says it was disturbed.

import { type DumpProgress, walkDatagram } from "../../dialect/inet-diag/inet-diag.ts";
import { WitnessError } from "../../fault.ts";
import { errnoName } from "../../kernel/libc.ts";
import type { DumpFilter, SockDiagSocket } from "../../kernel/sock-diag.ts";

/** What a dump is received from: the netlink socket, or a test's own datagrams. */
export type DumpSource = Pick<SockDiagSocket, "askForDump" | "receive" | "datagram">;

/** A table that changes all the time (a flood) disturbs a dump now and then, not five times running. */
const ATTEMPTS = 5;

export interface DumpVisitor {
  /** The dump begins (anew): what was counted so far does not hold. */
  begin(): void;
  /** What holds the sockets that follow; it is overwritten by the next. */
  datagram?(octets: Uint8Array): void;
  /** `place`: of an inet_diag_msg (src/dialect/inet-diag/inet-diag.ts) in `bytes`, which are overwritten afterwards. */
  visit(bytes: DataView, place: number): void;
}

/** Returns how many times the kernel was asked. Throws a WitnessError when no whole list could be had. */
export function dumpSockets(source: DumpSource, filter: DumpFilter, visitor: DumpVisitor): number {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    visitor.begin();
    if (!receiveDump(source, filter, visitor)) return attempt;
  }
  throw new WitnessError(`sock-diag: dumping ${filter.family} sockets: interrupted ${ATTEMPTS} times running`);
}

/** Whether it was interrupted. */
function receiveDump(source: DumpSource, filter: DumpFilter, visitor: DumpVisitor): boolean {
  const bytes = new DataView(source.datagram.buffer);
  const visit = (place: number) => visitor.visit(bytes, place);
  source.askForDump(filter);
  let interrupted = false;
  for (let progress: DumpProgress | undefined; progress?.ended !== true; ) {
    const length = source.receive();
    visitor.datagram?.(source.datagram.subarray(0, length));
    progress = walkOrComplain(bytes, length, visit);
    if (progress.error !== undefined) throw new WitnessError(complaint(filter, progress.error));
    interrupted ||= progress.interrupted;
  }
  return interrupted;
}

function walkOrComplain(bytes: DataView, length: number, visit: (place: number) => void): DumpProgress {
  try {
    return walkDatagram(bytes, length, visit);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const raw = Buffer.from(bytes.buffer, 0, Math.min(length, QUOTED)).toString("hex");
    throw new WitnessError(`sock-diag: reading a dump: ${error.message}: ${raw}`);
  }
}

/** Octets of a datagram that its complaint quotes. */
const QUOTED = 128;

function complaint({ family }: DumpFilter, error: number): string {
  const name = errnoName(error);
  const remedy = name === "ENOENT" ? `: this kernel lacks it: try "modprobe tcp_diag" (CONFIG_INET_TCP_DIAG)` : "";
  return `sock-diag: dumping ${family} sockets: ${name}${remedy}`;
}
