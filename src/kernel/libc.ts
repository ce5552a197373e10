// The door to libc: koffi's declarations, errno by name, and nothing that knows what the calls are for.

import { constants } from "node:os";
import koffi from "koffi";

const libc = koffi.load(null);

const declare = <F extends (...args: never[]) => unknown>(prototype: string): F => libc.func(prototype) as unknown as F;

/** Addresses of mapped memory are koffi's external objects. */
export type Pointer = { readonly __pointer: never };
type Fd = number;
type Bytes = Uint8Array | null;

export const socket = declare<(domain: number, type: number, protocol: number) => Fd>(
  "int socket(int domain, int type, int protocol)",
);
export const bind = declare<(fd: Fd, address: Uint8Array, length: number) => number>(
  "int bind(int fd, const void *address, uint32_t length)",
);
export const connect = declare<(fd: Fd, address: Uint8Array, length: number) => number>(
  "int connect(int fd, const void *address, uint32_t length)",
);
export const listen = declare<(fd: Fd, backlog: number) => number>("int listen(int fd, int backlog)");
export const accept4 = declare<(fd: Fd, address: Bytes, length: Bytes, flags: number) => Fd>(
  "int accept4(int fd, void *address, void *length, int flags)",
);
export const send = declare<(fd: Fd, data: Uint8Array, length: number, flags: number) => number>(
  "int64_t send(int fd, const void *data, size_t length, int flags)",
);
export const recv = declare<(fd: Fd, data: Uint8Array, length: number, flags: number) => number>(
  "int64_t recv(int fd, void *data, size_t length, int flags)",
);
export const sendto = declare<
  (fd: Fd, data: Uint8Array, length: number, flags: number, address: Uint8Array, addressLength: number) => number
>("int64_t sendto(int fd, const void *data, size_t length, int flags, const void *address, uint32_t addressLength)");
export const shutdown = declare<(fd: Fd, how: number) => number>("int shutdown(int fd, int how)");
export const close = declare<(fd: Fd) => number>("int close(int fd)");
const setsockoptFunction = libc.func(
  "int setsockopt(int fd, int level, int option, const void *value, uint32_t length)",
);
export const setsockopt: (fd: Fd, level: number, option: number, value: Bytes, length: number) => number =
  setsockoptFunction;

/** As setsockopt, in a pool thread, for an option that takes long. Resolves with what came back; errno is not told. */
export const setsockoptInBackground = (fd: Fd, level: number, option: number, value: Uint8Array): Promise<number> =>
  new Promise((resolve, reject) => {
    const told = (error: Error | null, result: number) => (error === null ? resolve(result) : reject(error));
    setsockoptFunction.async(fd, level, option, value, value.length, told);
  });

export const getsockopt = declare<
  (fd: Fd, level: number, option: number, value: Uint8Array, length: Uint8Array) => number
>("int getsockopt(int fd, int level, int option, void *value, void *length)");
export const ioctl = declare<(fd: Fd, request: number, argument: Uint8Array) => number>(
  "int ioctl(int fd, unsigned long request, void *argument)",
);
export const mmap = declare<
  (address: null, length: number, protection: number, flags: number, fd: Fd, offset: number) => Pointer | null
>("void *mmap(void *address, size_t length, int protection, int flags, int fd, int64_t offset)");
export const munmap = declare<(address: Pointer, length: number) => number>("int munmap(void *address, size_t length)");
export const mount = declare<
  (source: string, target: string, type: string | null, flags: number, data: null) => number
>("int mount(const char *source, const char *target, const char *type, unsigned long flags, const void *data)");
export const unshare = declare<(flags: number) => number>("int unshare(int flags)");
export const setns = declare<(fd: Fd, type: number) => number>("int setns(int fd, int type)");
export const ifNameToIndex = declare<(name: string) => number>("unsigned int if_nametoindex(const char *name)");
export const clockGettime = declare<(clock: number, time: Uint8Array) => number>(
  "int clock_gettime(int clock, void *time)",
);

export const clockGetres = declare<(clock: number, resolution: Uint8Array) => number>(
  "int clock_getres(int clock, void *resolution)",
);

export const getrusage = declare<(who: number, usage: Uint8Array) => number>("int getrusage(int who, void *usage)");

export const prctl = declare<(option: number, argument: number) => number>(
  "int prctl(int option, unsigned long argument)",
);

export const schedGetcpu = declare<() => number>("int sched_getcpu(void)");
export const schedGetaffinity = declare<(thread: number, length: number, set: Uint8Array) => number>(
  "int sched_getaffinity(int thread, size_t length, void *set)",
);
export const schedSetaffinity = declare<(thread: number, length: number, set: Uint8Array) => number>(
  "int sched_setaffinity(int thread, size_t length, const void *set)",
);

/** The process's memory at `pointer`, shared and not copied; valid until munmap. */
export const memoryAt = (pointer: Pointer, length: number): Uint8Array =>
  new Uint8Array(koffi.view(pointer, length) as ArrayBuffer);

/** The address of `bytes`, for the structures that carry one (sock_fprog, ifreq); `bytes` must outlive its use. */
export const addressOf = (bytes: Uint8Array): bigint => BigInt(koffi.address(bytes));

/** Two names for one number: errno(3) and the man pages of the calls prefer the others. */
const SECOND_NAMES = new Set(["EWOULDBLOCK", "ENOTSUP", "EDEADLOCK"]);
const ERRNO_NAMES = new Map(
  Object.entries(constants.errno)
    .filter(([name]) => !SECOND_NAMES.has(name))
    .map(([name, number]) => [number, name] as const),
);

/** The last call's errno by name: "ECONNREFUSED". */
export const lastErrno = (): string => errnoName(koffi.errno());

/** "ECONNREFUSED" for 111, as this machine numbers it. */
export const errnoName = (number: number): string => ERRNO_NAMES.get(number) ?? `errno ${number}`;

/** A call that our own machinery cannot do without came back with an error. */
export class KernelError extends Error {
  readonly errno: string;
  constructor(attempt: string, errno: string) {
    super(`kernel: ${attempt}: ${errno}`);
    this.name = "KernelError";
    this.errno = errno;
  }
}

/** Throws a KernelError unless `result` is 0 or more. */
export function succeed(attempt: string, result: number): number {
  if (result < 0) throw new KernelError(attempt, lastErrno());
  return result;
}

/** An int as the kernel reads it from memory (every machine Node runs on is little-endian but s390x). */
export function int32(value: number): Uint8Array {
  return new Uint8Array(Int32Array.of(value).buffer);
}
