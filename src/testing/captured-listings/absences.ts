// What a command cannot print, and why: nothing else may be absent from a record, or cut.

import type { TcpSocketRecord } from "../../dialect/tcp-socket.ts";
import { type Capture, isBefore } from "./capture.ts";
import type { Field, Outcome } from "./compare.ts";
import type { TrueSocket } from "./true-sockets.ts";

interface Absence {
  readonly because: string;
  readonly outcome?: Outcome;
  readonly fields: readonly Field[];
  readonly applies: (capture: Capture, truth: TrueSocket, record: TcpSocketRecord) => boolean;
}

const isSs = ({ tool }: Capture): boolean => tool === "ss";
/** Without -p ss 6.7 leaves out what -o, -e, -i and -m ask for (kernel bug 218372). */
const isWithoutExtensions = (capture: Capture): boolean =>
  isSs(capture) && capture.version[0] === 6 && capture.version[1] === 7 && !capture.letters.includes("p");

export const ABSENCES: readonly Absence[] = [
  {
    because: "ss 4.13 prints * for the any-address of both families",
    fields: ["family"],
    applies: (capture, { local }) =>
      isSs(capture) && capture.version[0] === 4 && capture.version[1] === 13 && local.address === "*",
  },
  {
    because: "ss -4 of 3.10 prints *, and no IPv6 address that would tell which version it is",
    fields: ["family"],
    applies: ({ name }, { local }) => name === "ss-v3.10.0/procfs_tanoei.out" && local.address === "*",
  },
  {
    because: "busybox prints tcp for both families, and names for addresses and ports without -n",
    fields: ["family"],
    applies: ({ tool, letters }, _truth, { local }) =>
      tool === "busybox" && !letters.includes("n") && local.address === "localhost",
  },
  {
    because: "without -n netstat prints names for addresses",
    fields: ["local address", "remote address"],
    applies: ({ tool, letters }) => tool !== "ss" && !letters.includes("n"),
  },
  {
    because: "without -n names are printed for ports",
    fields: ["local port", "remote port"],
    applies: ({ letters, tool }) => tool !== "proc" && !letters.includes("n"),
  },
  {
    because: "/proc/net/tcp tells no interface, nor what is read from it",
    fields: ["zone"],
    applies: ({ readsProcfs }) => readsProcfs,
  },
  {
    because: "ss tells the interface since 3.14",
    fields: ["zone"],
    applies: (capture) => isSs(capture) && isBefore(capture, 3, 14),
  },
  {
    because: "asked for one state, ss leaves out the column",
    fields: ["state"],
    applies: ({ command, letters }) => command.includes("state established") || letters.includes("B"),
  },
  {
    because: "-Q asks for no queues",
    fields: ["receive queue", "send queue"],
    applies: (capture) => isSs(capture) && capture.letters.includes("Q"),
  },
  {
    because: "nobody asked for timers with -o",
    fields: ["timer"],
    applies: ({ tool, letters }) => tool !== "proc" && !letters.includes("o"),
  },
  {
    because: "ss 6.7 leaves out extensions without -p",
    fields: ["timer", "uid", "inode", "cookie"],
    applies: isWithoutExtensions,
  },
  {
    because: "nobody asked for uid and inode with -e",
    fields: ["uid", "inode", "cookie"],
    applies: ({ tool, letters }) => tool !== "proc" && !letters.includes("e"),
  },
  {
    because: "ss leaves out uid 0",
    fields: ["uid"],
    applies: (capture, { uid }) => isSs(capture) && uid === 0,
  },
  {
    because: "only inet_diag tells cookies",
    fields: ["cookie"],
    applies: ({ tool }) => tool !== "ss",
  },
  {
    because: "net-tools cuts IPv6 addresses without -W",
    outcome: "cut",
    fields: ["local address", "remote address"],
    applies: ({ tool, letters }, { family }) => tool === "net-tools" && !letters.includes("W") && family === "ipv6",
  },
];

export const isAllowed = (
  outcome: Outcome,
  field: Field,
  ...of: readonly [Capture, TrueSocket, TcpSocketRecord]
): boolean =>
  ABSENCES.some(
    (absence) => (absence.outcome ?? "absent") === outcome && absence.fields.includes(field) && absence.applies(...of),
  );
