// What netstat of Linux prints behind the state: User Inode, PID/Program name, Security Context, Timer.

import type { SocketOwner, SocketTimer, TcpSocketRecord, TimerKind } from "../tcp-socket.ts";
import { exactText } from "../text/exact-text.ts";

/** Which columns the heads name. */
export interface LinuxColumns {
  /** User and Inode. */
  readonly user: boolean;
  readonly program: boolean;
  readonly context: boolean;
  readonly timer: boolean;
}

export type UnfinishedRecord = { -readonly [Name in keyof TcpSocketRecord]: TcpSocketRecord[Name] };

const TIMERS: Readonly<Record<string, TimerKind>> = {
  on: "retransmit",
  keepalive: "keepalive",
  timewait: "time-wait",
  probe: "probe",
};
/** Seconds, retransmissions, probes. Where a language has a decimal comma it prints one. */
const TIMER = /(?:^|\s)?(off|on|keepalive|timewait|probe|unkn-\d+) \((\d+)[.,](\d\d)\/(\d+)\/(\d+)\)$/;
/** net-tools prints procfs's jiffies with two decimals. */
const MILLISECONDS_PER_TICK = 10;
const USER_AND_INODE = /^(\S+)\s+(\d+)(?:\s+|$)/;
/** PID/Program name: net-tools cuts it at 19 octets (PROGNAME_WIDTH), busybox at 20. */
const FULL_PROGRAM = 19;
const PROGRAM_WIDTH = 20;

/** `columns` are unknown where no heads were seen; then what is there is told by its shape. What is found is added; a string is the reason against it. */
export function readTail(text: string, columns: LinuxColumns | undefined, into: UnfinishedRecord): string | undefined {
  let rest = text.trim();
  const timer = columns?.timer === false || !rest.endsWith(")") ? null : TIMER.exec(rest);
  if (timer !== null) {
    into.timer = timerOf(timer);
    rest = rest.slice(0, timer.index).trimEnd();
  } else if (columns?.timer) return "the column Timer is missing, or not in English: run it with LC_ALL=C";
  const who = columns?.user === false || startsWithProgram(rest) ? null : USER_AND_INODE.exec(rest);
  if (who !== null) {
    addUser(who, into);
    rest = rest.slice(who[0].length);
  } else if (columns?.user) return "the columns User and Inode are missing";
  const context = columns?.context && rest.length > PROGRAM_WIDTH ? rest.slice(PROGRAM_WIDTH).trim() : undefined;
  const program = (context === undefined ? rest : rest.slice(0, PROGRAM_WIDTH)).trimEnd();
  if (program !== "" && (columns?.program === false || (columns === undefined && !startsWithProgram(program))))
    return `"${exactText(program.slice(0, 80))}" stands behind the state`;
  if (program !== "" && program !== "-") into.owners = [ownerOf(program)];
  if (context !== undefined) into.details = { context: exactText(context) };
  return undefined;
}

const startsWithProgram = (text: string): boolean => /^(?:-(?:\s|$)|\d+\/)/.test(text);

function timerOf([, word = "", seconds, hundredths, retransmissions, probes]: readonly string[]): SocketTimer | null {
  if (word === "off") return null;
  const kind = TIMERS[word] ?? "unknown";
  return {
    kind,
    milliseconds: Number(seconds) * 1000 + Number(hundredths) * MILLISECONDS_PER_TICK,
    precisionMilliseconds: MILLISECONDS_PER_TICK,
    retransmissions: Number(kind === "probe" || kind === "keepalive" ? probes : retransmissions),
  };
}

function addUser([, user = "", inode]: readonly string[], into: UnfinishedRecord): void {
  if (/^\d+$/.test(user)) into.uid = Number(user);
  else into.user = exactText(user);
  into.inode = Number(inode);
}

/** Not of "-", which stands where netstat may not look, or nobody owns the socket. */
function ownerOf(program: string): SocketOwner {
  const [, pid, name] = PID_AND_NAME.exec(program) ?? [undefined, undefined, program];
  const owner: { -readonly [Name in keyof SocketOwner]: SocketOwner[Name] } = {};
  if (name !== undefined) owner.name = exactText(name);
  if (pid !== undefined) owner.pid = Number(pid);
  if (program.length >= FULL_PROGRAM) owner.cut = true;
  return owner;
}

const PID_AND_NAME = /^(\d+)(?:\/(.*))?$/s;
