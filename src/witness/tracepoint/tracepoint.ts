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
import { isAlive } from "../../kernel/process-alive.ts";
import type { Witness } from "../witness.ts";
import { testify } from "./testify.ts";

const TRACEFS = "/sys/kernel/tracing";
const INSTANCES = `${TRACEFS}/instances`;
const PREFIX = "tcp-loopback-lab-";
const NAME = /^tcp-loopback-lab-(\d+)-(\d+)$/;
const EVENT = "events/sock/inet_sock_set_state";
const BUFFER_KIB = "256"; // for each processor; a transition takes about 100 octets
const READ_OCTETS = 1 << 16;

/** What a run hears: of local ports in these ranges, and of no connection to `notTo`, where thousands may lead. */
export interface Hearing {
  readonly ports: readonly (readonly [first: number, last: number])[];
  readonly notTo: number;
}

export interface Tracepoint extends Witness, AsyncDisposable {
  /** The one of the offered hearings that no other run had. */
  readonly block: number;
}

/**
 * Makes the trace instance. Rejects with a system error where tracefs is not ours: EACCES, EPERM, ENOENT. The event knows
 * no namespace, so each run hears of ports that no other one has at the time. `offered`: by their numbers; where none is,
 * everything is heard.
 */
export async function startTracepoint(offered: ReadonlyMap<number, Hearing> = new Map()): Promise<Tracepoint> {
  // Synchronous throughout: what is mounted here only the main thread sees.
  if (!existsSync(INSTANCES)) mountPrivately("tracefs", TRACEFS);
  sweep();
  const { block, folder } = makeInstance([...offered.keys()]);
  const lastResort = () => remove(folder);
  process.once("exit", lastResort);
  try {
    writeFileSync(`${folder}/trace_clock`, "mono");
    writeFileSync(`${folder}/buffer_size_kb`, BUFFER_KIB);
    const hearing = offered.get(block);
    if (hearing !== undefined) writeFileSync(`${folder}/${EVENT}/filter`, filterOf(hearing));
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
    block,
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

const filterOf = ({ ports, notTo }: Hearing): string =>
  `dport != ${notTo} && (${ports.map(([first, last]) => `(sport >= ${first} && sport <= ${last})`).join(" || ")})`;

/** A run's instance, named for its process and its block: "tcp-loopback-lab-4711-3". */
interface Instance {
  readonly name: string;
  readonly pid: number;
  readonly block: number;
}

function instances(): readonly Instance[] {
  return readdirSync(INSTANCES).flatMap((name) => {
    const [, pid, block] = NAME.exec(name) ?? [];
    return pid === undefined ? [] : [{ name, pid: Number(pid), block: Number(block) }];
  });
}

/** Takes the first block that nobody has. Of two that take one at the same time at least one sees the other, and goes on. */
function makeInstance(blocks: readonly number[]): { readonly block: number; readonly folder: string } {
  for (const block of blocks.length === 0 ? [0] : blocks) {
    const isAnothers = () => block > 0 && instances().some((one) => one.block === block && one.pid !== process.pid);
    if (isAnothers()) continue;
    const folder = `${INSTANCES}/${PREFIX}${process.pid}-${block}`;
    mkdirSync(folder);
    if (!isAnothers()) return { block, folder };
    remove(folder);
  }
  throw new WitnessError(`tracepoint: ${blocks.length} other runs are tracing: run the lab again when one has ended`);
}

/** Instances of runs that were killed. */
function sweep(): void {
  for (const { name, pid } of instances()) if (!isAlive(pid)) remove(`${INSTANCES}/${name}`);
}

function remove(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Busy while another reader holds it open: the next run sweeps it.
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
