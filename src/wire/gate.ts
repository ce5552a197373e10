// The gate: a socket filter that lets only segments pass that the lab handed on. It runs before TCP sees anything (socket(7), SO_ATTACH_FILTER).

import { addressOf, setsockopt, succeed } from "../kernel/libc.ts";
import { SOL_SOCKET } from "../kernel/linux.ts";

/** SO_MARK of everything the lab hands on; any number that nobody else uses in our own namespace. */
export const DELIVERED = 0x7c9;

const SO_ATTACH_FILTER = 26;

/** linux/filter.h, linux/bpf_common.h: load word absolute, jump if equal, return. */
const LOAD = 0x20;
const JUMP_IF_EQUAL = 0x15;
const RETURN = 0x06;
/** SKF_AD_OFF + SKF_AD_MARK: the packet's mark. */
const MARK = (-0x1000 + 20) >>> 0;
const ACCEPT = 0x7fffffff;
const DROP = 0;

type Instruction = readonly [code: number, ifTrue: number, ifFalse: number, operand: number];

const markDecides = (ifMarked: number, ifNot: number): readonly Instruction[] => [
  [LOAD, 0, 0, MARK],
  [JUMP_IF_EQUAL, 0, 1, DELIVERED],
  [RETURN, 0, 0, ifMarked],
  [RETURN, 0, 0, ifNot],
];

/**
 * Holds every segment for this socket, and for those accepted from it; attach before listen() and connect(). Throws a
 * KernelError with EPERM without CAP_NET_ADMIN over the namespace (kernels since June 2026).
 */
export const holdSegments = (fd: number): void => attach(fd, markDecides(ACCEPT, DROP));

/** For the tape's own socket: it hears everything but what the lab itself sends. */
export const ignoreDelivered = (fd: number): void => attach(fd, markDecides(DROP, ACCEPT));

function attach(fd: number, program: readonly Instruction[]): void {
  const instructions = Buffer.alloc(8 * program.length); // struct sock_filter
  program.forEach(([code, ifTrue, ifFalse, operand], index) => {
    instructions.writeUInt16LE(code, 8 * index);
    instructions[8 * index + 2] = ifTrue;
    instructions[8 * index + 3] = ifFalse;
    instructions.writeUInt32LE(operand, 8 * index + 4);
  });
  const header = Buffer.alloc(16); // struct sock_fprog on a 64-bit machine
  header.writeUInt16LE(program.length, 0);
  header.writeBigUInt64LE(addressOf(instructions), 8);
  succeed("setsockopt(SO_ATTACH_FILTER)", setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, header, header.length));
}
