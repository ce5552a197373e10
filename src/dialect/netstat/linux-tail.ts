// What netstat of Linux prints behind the state: User Inode, PID/Program name, Security Context, Timer.

import { exactText } from "../exact-text.ts";
import type { SocketOwner, SocketTimer, TcpSocketRecord, TimerKind } from "../tcp-socket.ts";

/** Which columns the heads name. */
export interface LinuxColumns {
  /** User and Inode. */
  readonly user: boolean;
  readonly program: boolean;
  readonly context: boolean;
  readonly timer: boolean;
}

type Tail = Pick<TcpSocketRecord, "timer" | "uid" | "user" | "inode" | "owners" | "details">;

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

/** `columns` are unknown where no heads were seen; then what is there is told by its shape. A string is the reason against it. */
export function readTail(text: string, columns: LinuxColumns | undefined): Tail | string {
  let rest = text.trim();
  let timer: SocketTimer | null | undefined;
  const found = columns?.timer === false ? null : TIMER.exec(rest);
  if (found !== null) {
    timer = timerOf(found);
    rest = rest.slice(0, found.index).trimEnd();
  } else if (columns?.timer) return "the column Timer is missing, or not in English: run it with LC_ALL=C";
  const who = columns?.user === false || startsWithProgram(rest) ? null : USER_AND_INODE.exec(rest);
  if (who !== null) rest = rest.slice(who[0].length);
  else if (columns?.user) return "the columns User and Inode are missing";
  const context = columns?.context && rest.length > PROGRAM_WIDTH ? rest.slice(PROGRAM_WIDTH).trim() : undefined;
  const program = (context === undefined ? rest : rest.slice(0, PROGRAM_WIDTH)).trimEnd();
  if (program !== "" && (columns?.program === false || (columns === undefined && !startsWithProgram(program))))
    return `"${exactText(program.slice(0, 80))}" stands behind the state`;
  const owner = ownerOf(program);
  return {
    ...(timer !== undefined && { timer }),
    ...(who !== null && userOf(who)),
    ...(owner !== undefined && { owners: [owner] }),
    ...(context !== undefined && { details: { context: exactText(context) } }),
  };
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

function userOf([, user = "", inode]: readonly string[]): Tail {
  return { ...(/^\d+$/.test(user) ? { uid: Number(user) } : { user: exactText(user) }), inode: Number(inode) };
}

/** "-" where netstat may not look, or nobody owns the socket. */
function ownerOf(program: string): SocketOwner | undefined {
  if (program === "" || program === "-") return undefined;
  const [, pid, name] = /^(\d+)(?:\/(.*))?$/s.exec(program) ?? [undefined, undefined, program];
  return {
    ...(name !== undefined && { name: exactText(name) }),
    ...(pid !== undefined && { pid: Number(pid) }),
    ...(program.length >= FULL_PROGRAM && { cut: true }),
  };
}
