// Preloaded (NODE_OPTIONS=--import=...), makes the kernel look older: without tcp_tw_reuse_delay, and with less of SOCK_DESTROY, or nothing.

import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import koffi from "koffi";

const HIDDEN = "/proc/sys/net/ipv4/tcp_tw_reuse_delay";
/** Set: full sockets can be ended, and TIME_WAITs cannot, as before Linux 6.0. Not set: none, as without CONFIG_INET_DIAG_DESTROY. */
const endsFullSockets = process.env.OLDER_KERNEL_ENDS === "full sockets";
/** linux/sock_diag.h, and a message type that no kernel knows. */
const SOCK_DESTROY = 21;
const UNKNOWN = 99;
/** Octets of struct nlmsghdr; in it the type; behind it the errno of an answer, or a request with its ports. */
const HEADER = 16;
const TYPE = 4;
const PORTS = HEADER + 8;
const EOPNOTSUPP = 95;

const openSync = fs.openSync;
fs.openSync = (path, ...more) => openSync(path === HIDDEN ? `${HIDDEN}-is-not-there` : path, ...more);
syncBuiltinESMExports();

const load = koffi.load;
koffi.load = (...words) => {
  const library = load(...words);
  const func = (prototype) => {
    if (/\bsend\(/.test(prototype)) return sendLess(library.func(prototype));
    return /\brecv\(/.test(prototype) ? receiveRefusals(library.func(prototype)) : library.func(prototype);
  };
  return { func };
};

/** The netlink socket that waits for the answer to a request that this kernel would have served. */
let refused;

function sendLess(send) {
  return (fd, data, length, flags) => {
    if (data.length > TYPE && data[TYPE] === SOCK_DESTROY && data[TYPE + 1] === 0 && !isServed(data)) {
      data[TYPE] = UNKNOWN;
      refused = fd;
    }
    return send(fd, data, length, flags);
  };
}

/** The kernel answers a message that it does not know as it answers one that it cannot serve: with an errno. */
function receiveRefusals(recv) {
  return (fd, data, ...more) => {
    const length = recv(fd, data, ...more);
    if (fd === refused) new DataView(data.buffer, data.byteOffset).setInt32(HEADER, -EOPNOTSUPP, true);
    if (fd === refused) refused = undefined;
    return length;
  };
}

function isServed(request) {
  const hex = Buffer.from(request.slice(PORTS, PORTS + 4))
    .toString("hex")
    .toUpperCase();
  const pair = new RegExp(`:${hex.slice(0, 4)} [0-9A-F]+:${hex.slice(4)} 06 `);
  return endsFullSockets && !pair.test(fs.readFileSync("/proc/net/tcp", "latin1"));
}
