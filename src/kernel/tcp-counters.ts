// The kernel's own counters of this namespace: /proc/net/snmp and /proc/net/netstat (RFC 4022 and linux/snmp.h names).

import { readFileSync } from "node:fs";

export type Counters = ReadonlyMap<string, number>;

/** "Tcp.OutSegs", "TcpExt.TCPChallengeACK", ...: every counter whose group starts with Tcp. */
export function readTcpCounters(): Counters {
  const counters = new Map<string, number>();
  for (const file of ["/proc/net/snmp", "/proc/net/netstat"]) addCounters(readFileSync(file, "latin1"), counters);
  return counters;
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

export interface SegmentCounts {
  /** Segments that reached TCP, those that a gate then dropped included. */
  readonly received: number;
  /** Segments that TCP handed to IP: OutSegs, which leaves repeats out, and RetransSegs. */
  readonly sent: number;
}

/** Both families: the kernel keeps one Tcp group for IPv4 and IPv6. */
export function readSegmentCounts(): SegmentCounts {
  const text = readFileSync("/proc/net/snmp", "latin1");
  const start = text.indexOf("Tcp: ");
  const [names = "", numbers = ""] = text.slice(start).split("\n", 2);
  const values = numbers.split(" ");
  const count = (name: string) => Number(values[names.split(" ").indexOf(name)]);
  return { received: count("InSegs"), sent: count("OutSegs") + count("RetransSegs") };
}
