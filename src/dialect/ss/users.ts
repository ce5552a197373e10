// ss's users:((name,pid,fd),...), where a name may hold anything but ")": ss reads it from /proc/<pid>/stat up to that.

import type { SocketOwner } from "../tcp-socket.ts";
import { exactText } from "../text/exact-text.ts";

/** TASK_COMM_LEN without its NUL; a name that runs over lines is believed no longer than that. */
const LONGEST_NAME = 15;
/** Of a name with two security contexts; nothing longer is tried, so that no input can make this slow. */
const LONGEST_ENTRY = 512;

export interface Users {
  readonly owners: readonly SocketOwner[];
  /** How many characters the list is long, with its closing parenthesis. */
  readonly length: number;
}

/** `text` begins behind "users:(". Undefined where the list does not end in it: a name may hold a newline, and go on. */
export function readUsers(text: string): Users | undefined {
  const owners: SocketOwner[] = [];
  let start = 0;
  while (text.startsWith('("', start)) {
    let close = text.indexOf(")", start);
    let owner: SocketOwner | undefined;
    while (close >= 0 && close - start <= LONGEST_ENTRY) {
      owner = readEntry(text.slice(start + 2, close));
      if (owner !== undefined) break;
      close = text.indexOf(")", close + 1);
    }
    if (owner === undefined) return undefined;
    owners.push(owner);
    if (text[close + 1] === ")") return { owners, length: close + 2 };
    if (text[close + 1] !== ",") return undefined;
    start = close + 2;
  }
  return undefined;
}

/** Read from its end, since the name may hold all of the signs: the greedy "name" takes as much as it can. */
const LABELLED =
  /^(?<name>.*)",pid=(?<pid>\d+)(?:,tid=(?<tid>\d+))?(?:,proc_ctx=(?<process>[^"]*?))?,fd=(?<fd>\d+)(?:,sock_ctx=(?<socket>[^"]*))?$/s;
/** Until 3.12. */
const UNLABELLED = /^(?<name>.*)",(?<pid>\d+),(?<fd>\d+)$/s;

/** From behind the opening quote to before the ")". */
function readEntry(entry: string): SocketOwner | undefined {
  const found = LABELLED.exec(entry) ?? UNLABELLED.exec(entry);
  if (found === null) return undefined;
  const { name = "", pid, fd, tid, process, socket } = found.groups ?? {};
  if (name.length > LONGEST_NAME && name.includes("\n")) return undefined;
  return {
    name: exactText(name),
    pid: Number(pid),
    fileDescriptor: Number(fd),
    ...(tid !== undefined && { thread: Number(tid) }),
    ...(process !== undefined && { processContext: exactText(process) }),
    ...(socket !== undefined && { socketContext: exactText(socket) }),
  };
}
