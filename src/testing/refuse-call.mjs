// Runs a command under a seccomp filter that refuses one call, as container runtimes do: node refuse-call.mjs NAME COMMAND...

import { spawnSync } from "node:child_process";
import koffi from "koffi";

const prctl = koffi
  .load(null)
  .func("int prctl(int option, unsigned long a, void *b, unsigned long c, unsigned long d)");
const prctlFlag = koffi
  .load(null)
  .func("int prctl(int option, unsigned long a, unsigned long b, unsigned long c, unsigned long d)");

/** linux/prctl.h, linux/seccomp.h, linux/filter.h. */
const PR_SET_NO_NEW_PRIVS = 38;
const PR_SET_SECCOMP = 22;
const SECCOMP_MODE_FILTER = 2;
const SECCOMP_RET_ALLOW = 0x7fff0000;
const SECCOMP_RET_EPERM = 0x00050000 | 1;
const [LOAD_WORD, JUMP_IF_EQUAL, RETURN] = [0x20, 0x15, 0x06];

/** Numbers differ between machines. `words`: what the lower word of an argument must be, by its place from 0. */
const CALLS = {
  unshare: { number: { x64: 272, arm64: 97 }, words: {} },
  // setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, ...)
  "attach-filter": { number: { x64: 54, arm64: 208 }, words: { 1: 1, 2: 26 } },
};
/** struct seccomp_data: the number, architecture and address, then six arguments. */
const ARGUMENTS_AT = 16;

const [name, command, ...words] = process.argv.slice(2);
const call = CALLS[name];
const conditions = [
  [0, call.number[process.arch]],
  ...Object.entries(call.words).map(([place, word]) => [ARGUMENTS_AT + 8 * Number(place), word]),
];
const program = [
  ...conditions.flatMap(([offset, value], index) => [
    [LOAD_WORD, 0, 0, offset],
    [JUMP_IF_EQUAL, 0, 2 * (conditions.length - 1 - index) + 1, value],
  ]),
  [RETURN, 0, 0, SECCOMP_RET_EPERM],
  [RETURN, 0, 0, SECCOMP_RET_ALLOW],
];
const instructions = Buffer.alloc(8 * program.length);
program.forEach(([code, ifTrue, ifFalse, operand], index) => {
  instructions.writeUInt16LE(code, 8 * index);
  instructions[8 * index + 2] = ifTrue;
  instructions[8 * index + 3] = ifFalse;
  instructions.writeUInt32LE(operand, 8 * index + 4);
});
const header = Buffer.alloc(16);
header.writeUInt16LE(program.length, 0);
header.writeBigUInt64LE(BigInt(koffi.address(instructions)), 8);

if (prctlFlag(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) !== 0) throw new Error("prctl(PR_SET_NO_NEW_PRIVS) was refused");
if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, header, 0, 0) !== 0)
  throw new Error("prctl(PR_SET_SECCOMP) was refused");

process.exitCode = spawnSync(command, words, { stdio: "inherit" }).status ?? 1;
