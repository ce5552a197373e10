// Preloaded (NODE_OPTIONS=--import=...), makes the kernel look older: without tcp_tw_reuse_delay, and without SOCK_DESTROY.

import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import koffi from "koffi";

const HIDDEN = "/proc/sys/net/ipv4/tcp_tw_reuse_delay";
/** linux/sock_diag.h, and a message type that no kernel knows. */
const SOCK_DESTROY = 21;
const UNKNOWN = 99;
/** Of a netlink message's header, its type. */
const TYPE = 4;

const openSync = fs.openSync;
fs.openSync = (path, ...more) => openSync(path === HIDDEN ? `${HIDDEN}-is-not-there` : path, ...more);
syncBuiltinESMExports();

const load = koffi.load;
koffi.load = (...words) => {
  const library = load(...words);
  const func = (prototype) =>
    /\bsend\(/.test(prototype) ? sendLess(library.func(prototype)) : library.func(prototype);
  return { func };
};

/** The kernel answers a message that it does not know as it answers one that it cannot serve: with an errno. */
function sendLess(send) {
  return (fd, data, length, flags) => {
    if (data.length > TYPE && data[TYPE] === SOCK_DESTROY && data[TYPE + 1] === 0) data[TYPE] = UNKNOWN;
    return send(fd, data, length, flags);
  };
}
