// Files of /proc that the main thread's namespace decides about, read synchronously and often: without a fresh buffer each time.

import { closeSync, openSync, readSync } from "node:fs";

/** Octets: doubled whenever a file fills it. readFileSync would take 64 KiB anew for every look, since /proc tells no sizes. */
let buffer = Buffer.allocUnsafeSlow(1 << 18);

/** The whole file as Latin-1 text. Throws Node's system error. */
export const readProcFile = (path: string): string => readProcOctets(path).toString("latin1");

/** The whole file, until the next is read. Throws Node's system error. */
export function readProcOctets(path: string): Buffer {
  const fd = openSync(path, "r");
  try {
    return readFromStart(fd);
  } finally {
    closeSync(fd);
  }
}

/** A file that is kept open, as it is at this moment, as Latin-1 text. */
export const readOpenProcFile = (fd: number): string => readFromStart(fd).toString("latin1");

/** The kernel makes the text anew when it is read from its beginning (seq_read_iter, fs/seq_file.c). */
function readFromStart(fd: number): Buffer {
  let length = 0;
  for (;;) {
    if (length === buffer.length) buffer = Buffer.concat([buffer], 2 * buffer.length);
    const read = readSync(fd, buffer, length, buffer.length - length, length);
    if (read === 0) return buffer.subarray(0, length);
    length += read;
  }
}
