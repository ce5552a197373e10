// Who owned the captured sockets: the process names were made to be hard to read.

import { type Capture, isBefore } from "./capture.ts";
import type { TrueSocket } from "./true-sockets.ts";

export interface TrueOwner {
  readonly name: string;
  readonly pid: number;
}

/** comm of the process that listens on a port; the kernel cut them at 15 octets, ss reads them up to ")". */
const BY_PORT: Readonly<Record<number, readonly TrueOwner[]>> = {
  9001: [{ name: "Web Content", pid: 54 }],
  9002: [{ name: "(sd-pam", pid: 55 }],
  9003: [{ name: "next-server (v1", pid: 56 }],
  9004: [{ name: 'a"b', pid: 57 }],
  9005: [{ name: 'x",pid=1,fd=3', pid: 58 }],
  9006: [{ name: "tmux: server", pid: 59 }],
  9007: [{ name: "svc", pid: 60 }],
  9008: [{ name: "日本語", pid: 61 }],
  9009: [{ name: "new\nline", pid: 62 }],
  9010: [{ name: "tab\tname", pid: 63 }],
  9011: [{ name: "back\\slash", pid: 64 }],
  9012: [{ name: "name pid=7", pid: 65 }],
  9013: [{ name: 'users:(("z"', pid: 66 }],
  9014: [{ name: "  sp  ", pid: 67 }],
  9015: [{ name: "", pid: 68 }],
  9016: [{ name: "\u001b[31mred", pid: 69 }],
  9017: [{ name: "a,b=c;d", pid: 70 }],
  9018: [{ name: "nginx: master p", pid: 71 }],
  9030: [
    { name: "worker-2", pid: 77 },
    { name: "worker-2", pid: 77 },
    { name: "worker-1", pid: 76 },
    { name: "worker-1", pid: 76 },
    { name: "worker-0", pid: 75 },
    { name: "worker-0", pid: 75 },
    { name: "nginx", pid: 74 },
  ],
  9031: [{ name: "www-data srv", pid: 72 }],
  9032: [{ name: "nobody", pid: 73 }],
};
const EVERYTHING_ELSE: readonly TrueOwner[] = [{ name: "scene", pid: 1 }];
/** With -T ss lists every thread; process 1 had a second one, of another name. */
const WITH_THREADS: readonly TrueOwner[] = [{ name: "python3", pid: 1 }, ...EVERYTHING_ELSE];

/** What the command should say; undefined where it does not ask, or nobody owns the socket. */
export function trueOwners(capture: Capture, socket: TrueSocket): readonly TrueOwner[] | undefined {
  const isAsked = /[pT]/.test(capture.letters) && !(capture.letters.includes("T") && !isBefore(capture, 6, 7));
  if (!isAsked || capture.name.includes("nonroot") || socket.inode === 0) return undefined;
  const others = capture.letters.includes("T") ? WITH_THREADS : EVERYTHING_ELSE;
  const owners = (socket.state === "LISTEN" ? BY_PORT[socket.local.port] : undefined) ?? others;
  if (capture.tool === "ss") return isBefore(capture, 7, 0) ? owners : owners.map(asSince7);
  // net-tools tells the first process that it finds, and its argv[0].
  const pid = Math.min(...owners.map((owner) => owner.pid));
  return [{ name: "python3", pid }];
}

/** ss 7 replaces what it takes for unprintable: here, where no UTF-8 locale was set, everything beyond ASCII. */
function asSince7({ name, pid }: TrueOwner): TrueOwner {
  const octets = Buffer.from(name).toString("latin1");
  return { name: octets.replace(/[\x80-\xff]/g, "?").replace(/[^ -~]/g, "."), pid };
}
