// What comes of reading a row.

import type { TcpSocketRecord } from "../tcp-socket.ts";

/** The record, or the reason why the line is none. */
export type ReadRow = TcpSocketRecord | string;
