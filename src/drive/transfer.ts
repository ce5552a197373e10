// A transfer of many octets over the held wire: one end writes as its kernel takes them, the other reads, and everything held is handed on.

import type { Answer } from "../kernel/tcp-socket.ts";
import type { HeldSegment } from "./step-runner.ts";
import { SEGMENT_TIMEOUT_MS, waitFor } from "./wait.ts";

export interface Transfer {
  readonly data: Uint8Array;
  /** Takes what fits; EAGAIN when the send buffer is full. */
  write(data: Uint8Array): Answer<number>;
  /** What is there; EAGAIN when nothing is. */
  read(): Answer<Uint8Array>;
  /** Hands on what is held, and says which segments that were. */
  deliverHeld(): Promise<readonly HeldSegment[]>;
}

export interface Transferred {
  readonly octets: number;
  /** From the first octet that came otherwise than it was sent; undefined: all came as sent. */
  readonly differsFrom?: number;
  readonly delivered: readonly HeldSegment[];
  /** What ended it before all had come. */
  readonly error?: string;
}

/** Ends when all has come, at the first error, or when nothing moves for 1.5 s. */
export async function carry(transfer: Transfer): Promise<Transferred> {
  const delivered: HeldSegment[] = [];
  let [written, read] = [0, 0];
  let differsFrom: number | undefined;
  let error: string | undefined;
  while (read < transfer.data.length && error === undefined) {
    const moved = await waitFor(() => {
      const sent = written < transfer.data.length ? transfer.write(transfer.data.subarray(written)) : NOTHING;
      const come = transfer.read();
      error = errorOf(sent) ?? errorOf(come);
      if (sent.ok) written += sent.value;
      if (come.ok) {
        differsFrom ??= firstDifference(come.value, transfer.data.subarray(read));
        read += come.value.length;
      }
      return error !== undefined || (sent.ok && sent.value > 0) || (come.ok && come.value.length > 0)
        ? true
        : undefined;
    }, STEP_MS);
    const handed = await transfer.deliverHeld();
    delivered.push(...handed);
    if (moved === undefined && handed.length === 0 && (await idle(transfer, delivered))) error ??= "EAGAIN";
  }
  return {
    octets: read,
    delivered,
    ...(differsFrom !== undefined && { differsFrom }),
    ...(error !== undefined && { error }),
  };
}

const STEP_MS = 5;
const NOTHING: Answer<number> = { ok: true, value: 0 };

/** Whether nothing was sent either for as long as the kernel may owe an answer. */
async function idle({ deliverHeld }: Transfer, delivered: HeldSegment[]): Promise<boolean> {
  const until = performance.now() + SEGMENT_TIMEOUT_MS;
  while (performance.now() < until) {
    const handed = await deliverHeld();
    delivered.push(...handed);
    if (handed.length > 0) return false;
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
  }
  return true;
}

const errorOf = (answer: Answer<unknown>): string | undefined =>
  answer.ok || answer.error === "EAGAIN" ? undefined : answer.error;

function firstDifference(come: Uint8Array, sent: Uint8Array): number | undefined {
  const at = come.findIndex((octet, index) => octet !== sent[index]);
  return at < 0 ? undefined : at;
}
