// The kernel's own counters of one namespace: /proc/net/snmp and /proc/net/netstat (RFC 4022 and linux/snmp.h names).

import { closeSync, openSync } from "node:fs";
import { readOpenProcFile } from "./proc-file.ts";

export type Counters = ReadonlyMap<string, number>;

export interface SegmentCounts {
  /** Segments that reached TCP, those that a gate then dropped included. */
  readonly received: number;
  /** Segments that TCP handed to IP: OutSegs, which leaves repeats out, and RetransSegs. */
  readonly sent: number;
}

/** Of the namespace in which it was made: a file that is open there goes on telling of it, wherever the thread is. */
export class NamespaceCounters implements Disposable {
  private readonly snmp = openSync("/proc/net/snmp", "r");
  private readonly netstat = openSync("/proc/net/netstat", "r");

  /** "Tcp.OutSegs", "TcpExt.TCPChallengeACK", ...: every counter whose group starts with Tcp. */
  read(): Counters {
    const counters = new Map<string, number>();
    for (const file of [this.snmp, this.netstat]) addCounters(readOpenProcFile(file), counters);
    return counters;
  }

  /** Both families: the kernel keeps one Tcp group for IPv4 and IPv6. */
  readSegments(): SegmentCounts {
    const text = readOpenProcFile(this.snmp);
    const names = lineAt(text, text.indexOf("Tcp: "));
    const values = lineAt(text, text.indexOf("Tcp: ") + names.length + 1).split(" ");
    const [received = 0, sent = 0, repeated = 0] = placesIn(names).map((place) => Number(values[place]));
    return { received, sent: sent + repeated };
  }

  [Symbol.dispose](): void {
    closeSync(this.snmp);
    closeSync(this.netstat);
  }
}

/** The files give each group as a line of names and a line of numbers. */
function addCounters(text: string, into: Map<string, number>): void {
  const lines = text.split("\n");
  for (let index = 0; index + 1 < lines.length; index += 2) {
    const [group, ...names] = (lines[index] ?? "").split(" ");
    if (group === undefined || !group.startsWith("Tcp")) continue;
    const numbers = (lines[index + 1] ?? "").split(" ").slice(1);
    names.forEach((name, place) => {
      into.set(`${group.slice(0, -1)}.${name}`, Number(numbers[place]));
    });
  }
}

const lineAt = (text: string, start: number): string => text.slice(start, text.indexOf("\n", start));

/** The kernel's line of names is the same at every look: where the counters stand in it is found once. */
let known: { readonly names: string; readonly places: readonly number[] } = { names: "", places: [] };

function placesIn(names: string): readonly number[] {
  if (known.names !== names) {
    const all = names.split(" ");
    known = { names, places: ["InSegs", "OutSegs", "RetransSegs"].map((name) => all.indexOf(name)) };
  }
  return known.places;
}
