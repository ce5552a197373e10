// Numbers of Linux that more than one file needs; what one file alone needs stands there.

/** asm-generic/socket.h */
export const SOL_SOCKET = 1;
export const SO_LINGER = 13;
/** linux/net.h, asm-generic/fcntl.h */
export const SOCK_STREAM = 1;
export const SOCK_RAW = 3;
export const SOCK_CLOEXEC = 0o2000000;
/** linux/in.h */
export const IPPROTO_TCP = 6;
/** linux/socket.h */
export const AF_NETLINK = 16;
/** linux/netlink.h */
export const NLM_F_REQUEST = 0x1;
export const NLM_F_ACK = 0x4;
