// The witness tracepoint: the kernel's own word for every state transition, through a tracefs instance of this run's own. Root only.

import { closeSync, constants, openSync, readdirSync, readSync, rmdirSync } from "node:fs";
import { mkdir, rmdir, writeFile } from "node:fs/promises";
import { readTransition, statesAfter, type Transition } from "../../dialect/trace-event.ts";
import { WitnessError } from "../../fault.ts";
import type { TcpState } from "../../tcp/state.ts";
import type { Subject, Testimony, Witness } from "../witness.ts";

const INSTANCES = "/sys/kernel/tracing/instances";
const PREFIX = "tcp-loopback-lab-";
const EVENT = "events/sock/inet_sock_set_state";
const BUFFER_KIB = "256"; // for each processor; a transition takes about 100 octets
const READ_OCTETS = 1 << 16;

export interface Tracepoint extends Witness, AsyncDisposable {}

/**
 * Makes the trace instance. Rejects with Node's system error where tracefs is missing or not ours: EACCES, ENOENT.
 * The event knows no namespace: what has other ports than the scene's ends is passed over.
 */
export async function startTracepoint(): Promise<Tracepoint> {
  sweep();
  const folder = `${INSTANCES}/${PREFIX}${process.pid}`;
  await mkdir(folder);
  const lastResort = () => remove(folder);
  process.once("exit", lastResort);
  try {
    await writeFile(`${folder}/trace_clock`, "mono");
    await writeFile(`${folder}/buffer_size_kb`, BUFFER_KIB);
    await writeFile(`${folder}/${EVENT}/enable`, "1");
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
      await rmdir(folder);
    },
  };
}

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

function testify(subject: Subject, transitions: readonly Transition[]): Testimony {
  const { end, socket, local, remote, listens } = subject;
  const own = transitions.filter(({ localPort }) => localPort === local.port);
  if (socket !== undefined) return { end, socket, ...listenerIn(own) };
  const connection = own.findLast(({ remotePort }) => remotePort === remote.port);
  const last = connection ?? own.findLast(({ remotePort }) => remotePort === 0);
  if (last === undefined) return { end, states: ["CLOSED"], raw: "" };
  const gone = connection !== undefined && connection.to === "TCP_CLOSE" && listens;
  return {
    end,
    states: gone ? [...new Set<TcpState>([...statesAfter(last), "LISTEN"])] : statesAfter(last),
    raw: last.raw,
  };
}

/** A listener is in no other state than LISTEN from listen() to close(). */
function listenerIn(own: readonly Transition[]): Pick<Testimony, "raw"> & { readonly states: readonly TcpState[] } {
  const last = own.findLast(({ remotePort }) => remotePort === 0);
  return { states: last?.to === "TCP_LISTEN" ? ["LISTEN"] : ["CLOSED"], raw: last?.raw ?? "" };
}
