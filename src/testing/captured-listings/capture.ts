// What is known of a captured file: the tool, its version, its options, and which sockets such a command lists.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ParseListing } from "../../dialect/listing-entry.ts";
import { parseNetstat } from "../../dialect/netstat/netstat.ts";
import { parseProcNetTcp } from "../../dialect/procfs/proc-net-tcp.ts";
import { parseSs } from "../../dialect/ss/ss.ts";
import type { TrueSocket } from "./true-sockets.ts";

export interface Capture {
  readonly name: string;
  readonly tool: "ss" | "net-tools" | "busybox" | "proc";
  /** 6.12 as 6.12, 3.10 as 3.1: use `isBefore`. */
  readonly version: readonly [major: number, minor: number];
  /** The letters of its options: "tano" of "ss -tano". */
  readonly letters: string;
  readonly command: string;
  /** Taken of a second set of sockets, with the same listeners and other connections. */
  readonly isOfSecondScene: boolean;
  /** ss had no inet_diag to ask: no interfaces, no limit of an accept queue. */
  readonly readsProcfs: boolean;
  /** Taken while some of the sockets were gone, or of some only. */
  readonly isPartial: boolean;
}

export function capturesIn(folder: string): ReadonlyMap<string, Capture> {
  const lines = readFileSync(join(folder, "MANIFEST.tsv"), "utf8").trim().split("\n").slice(1);
  return new Map(
    lines.map((line) => {
      const [name = "", command = ""] = line.split("\t");
      return [name, captureOf(name, command)];
    }),
  );
}

const SECOND_SCENE = /argv0_|nonroot_|procfs_|scene2|_continuous|kill_|events_/;

function captureOf(name: string, command: string): Capture {
  const [, tool = "", major, minor] = /^(ss|net-tools|busybox|proc)(?:\D*(\d+)\.(\d+))?/.exec(name) ?? [];
  const [, letters = ""] = / -(\w+)/.exec(command.replace(/^.*(?=\b(?:ss|netstat) )/, "")) ?? [];
  return {
    name,
    tool: tool as Capture["tool"],
    version: [Number(major ?? 0), Number(minor ?? 0)],
    letters,
    command,
    isOfSecondScene: SECOND_SCENE.test(name),
    readsProcfs: tool !== "ss" || name.includes("procfs_"),
    isPartial: /kill_|events_|_continuous|procfs_/.test(name),
  };
}

export const isBefore = ({ version }: Capture, major: number, minor: number): boolean =>
  version[0] < major || (version[0] === major && version[1] < minor);

export function parserFor({ tool }: Capture): ParseListing {
  if (tool === "ss") return parseSs;
  return tool === "proc" ? parseProcNetTcp : parseNetstat;
}

/** Whether the command lists the socket. Closed sockets: ss since 6.8 (and a kernel that tells). */
export function lists(capture: Capture, { family, state }: TrueSocket): boolean {
  const { tool, letters, command, name } = capture;
  if (command.endsWith(" -s")) return false;
  if (letters.includes("6") && family === "ipv4") return false;
  if (letters.includes("4") && family === "ipv6") return false;
  if (tool === "proc") return family === (name.includes("tcp6") ? "ipv6" : "ipv4") && state !== "CLOSED";
  if (command.includes("state established")) return state === "ESTABLISHED";
  if (state === "CLOSED") return tool === "ss" && !isBefore(capture, 6, 8) && /[aB]/.test(letters);
  if (letters.includes("B")) return false;
  if (letters.includes("l")) return state === "LISTEN";
  return letters.includes("a") || state !== "LISTEN";
}
