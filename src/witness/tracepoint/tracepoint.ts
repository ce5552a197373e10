// The witness tracepoint: the kernel's own word for every state transition, through a tracefs instance of this run's own. Root only.

import {
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  rmdirSync,
  writeFileSync,
} from "node:fs";
import { readTransition, type Transition } from "../../dialect/trace-event.ts";
import { WitnessError } from "../../fault.ts";
import { mountPrivately } from "../../kernel/mount.ts";
import type { Witness } from "../witness.ts";
import { testify } from "./testify.ts";

const TRACEFS = "/sys/kernel/tracing";
const INSTANCES = `${TRACEFS}/instances`;
const PREFIX = "tcp-loopback-lab-";
const EVENT = "events/sock/inet_sock_set_state";
const BUFFER_KIB = "256"; // for each processor; a transition takes about 100 octets
const READ_OCTETS = 1 << 16;

/** The first and the last port of which transitions are heard. */
export type PortRange = readonly [first: number, last: number];

export interface Tracepoint extends Witness, AsyncDisposable {}

/**
 * Makes the trace instance. Rejects with a system error where tracefs is not ours: EACCES, EPERM, ENOENT. The event knows
 * no namespace: it is heard only of `ports`, which no other run has at the time.
 */
export async function startTracepoint(ports: readonly PortRange[]): Promise<Tracepoint> {
  // Synchronous throughout: what is mounted here only the main thread sees.
  if (!existsSync(INSTANCES)) mountPrivately("tracefs", TRACEFS);
  sweep();
  const folder = `${INSTANCES}/${PREFIX}${process.pid}`;
  mkdirSync(folder);
  const lastResort = () => remove(folder);
  process.once("exit", lastResort);
  try {
    writeFileSync(`${folder}/trace_clock`, "mono");
    writeFileSync(`${folder}/buffer_size_kb`, BUFFER_KIB);
    if (ports.length > 0) writeFileSync(`${folder}/${EVENT}/filter`, filterOf(ports));
    writeFileSync(`${folder}/${EVENT}/enable`, "1");
  } catch (error) {
    remove(folder);
    throw error;
  }
  const pipe = openSync(`${folder}/trace_pipe`, constants.O_RDONLY | constants.O_NONBLOCK);
  const transitions: Transition[] = [];
  return {
    name: "tracepoint",
    source: "tracepoint",
    costly: false,
    look(subjects) {
      readPipe(pipe, transitions);
      return subjects.map((subject) => testify(subject, transitions));
    },
    async [Symbol.asyncDispose]() {
      process.off("exit", lastResort);
      closeSync(pipe);
      remove(folder);
    },
  };
}

const filterOf = (ports: readonly PortRange[]): string =>
  ports.map(([first, last]) => `(sport >= ${first} && sport <= ${last})`).join(" || ");

/** Instances of runs that were killed. */
function sweep(): void {
  for (const name of readdirSync(INSTANCES)) {
    const pid = name.startsWith(PREFIX) ? Number(name.slice(PREFIX.length)) : undefined;
    if (pid !== undefined && !isAlive(pid)) remove(`${INSTANCES}/${name}`);
  }
}

function remove(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Busy while another reader holds it open: the next run sweeps it.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function readPipe(pipe: number, into: Transition[]): void {
  const bytes = Buffer.alloc(READ_OCTETS);
  let rest = "";
  for (;;) {
    const count = readSome(pipe, bytes);
    if (count === 0) return;
    const lines = (rest + bytes.toString("latin1", 0, count)).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) take(line, into);
  }
}

/** 0 while nothing is there. */
function readSome(pipe: number, bytes: Buffer): number {
  try {
    return readSync(pipe, bytes);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EAGAIN") return 0;
    throw new WitnessError(`tracepoint: reading trace_pipe: ${code}`);
  }
}

function take(line: string, into: Transition[]): void {
  if (/LOST \d+ EVENTS/.test(line)) throw new WitnessError(`tracepoint: reading trace_pipe: ${line.trim()}`);
  const transition = readTransition(line);
  if (transition !== undefined) into.push(transition);
}
