// The witness tracepoint: the kernel's own word for every state transition, through a tracefs instance of this run's own. Root only.

import { closeSync, constants, existsSync, openSync, readdirSync, readSync, rmdirSync, writeSync } from "node:fs";
import { mkdir, rmdir, writeFile } from "node:fs/promises";
import { readTransition, type Transition } from "../../dialect/trace/trace-event.ts";
import { WitnessError } from "../../fault.ts";
import { mountPrivately } from "../../kernel/mount.ts";
import { isAlive } from "../../kernel/process.ts";
import type { Witness } from "../witness.ts";
import { type Hearing, hears, testify } from "./testify.ts";

const TRACEFS = "/sys/kernel/tracing";
/** As the main thread sees it, for it alone sees what is mounted here, while the pool's threads do what takes long. */
const INSTANCES = `/proc/${process.pid}/root${TRACEFS}/instances`;
const PREFIX = "tcp-loopback-lab-";
const NAME = /^tcp-loopback-lab-(\d+)-(\d+)$/;
const EVENT = "events/sock/inet_sock_set_state";
/** Written among the events where a scene begins, with its ports (trace_marker, Documentation/trace/ftrace.rst). */
const MARK = "tcp-loopback-lab: a scene begins at ports";
const MARK_LINE = new RegExp(`${MARK}((?: \\d+)+)$`);
const BUFFER_KIB = "256"; // for each processor; a transition takes about 100 octets
/** Read into again and again: a fresh buffer for each look would cost more than the look. */
const octets = Buffer.allocUnsafeSlow(1 << 16);

export interface Tracepoint extends Witness, AsyncDisposable {
  /** The one of the offered hearings that no other run had. */
  readonly block: number;
  /** Undefined where everything is heard. */
  readonly hearing: Hearing | undefined;
}

/**
 * Makes the trace instance. Rejects with a system error where tracefs is not ours: EACCES, EPERM, ENOENT. The event knows
 * no namespace, so each run hears of ports that no other one has at the time. `offered`: by their numbers; where none is,
 * everything is heard.
 */
export async function startTracepoint(offered: ReadonlyMap<number, Hearing> = new Map()): Promise<Tracepoint> {
  if (!existsSync(INSTANCES)) mountPrivately("tracefs", TRACEFS);
  sweep();
  const { block, folder } = await makeInstance([...offered.keys()]);
  const hearing = offered.get(block);
  const lastResort = () => removeAtOnce(folder);
  process.once("exit", lastResort);
  try {
    await writeFile(`${folder}/trace_clock`, "mono");
    await writeFile(`${folder}/buffer_size_kb`, BUFFER_KIB);
    if (hearing !== undefined) await writeFile(`${folder}/${EVENT}/filter`, filterOf(hearing));
    await writeFile(`${folder}/${EVENT}/enable`, "1");
  } catch (error) {
    await remove(folder);
    throw error;
  }
  const pipe = openSync(`${folder}/trace_pipe`, constants.O_RDONLY | constants.O_NONBLOCK);
  const marker = openSync(`${folder}/trace_marker`, constants.O_WRONLY);
  const transitions: Transition[] = [];
  return {
    name: "tracepoint",
    block,
    hearing,
    begin(ports) {
      writeSync(marker, [MARK, ...ports].join(" "));
    },
    look(subjects) {
      readPipe(pipe, transitions);
      const heard = subjects.filter((subject) => hearing === undefined || hears(hearing, subject));
      return heard.map((subject) => testify(subject, transitions));
    },
    async [Symbol.asyncDispose]() {
      closeSync(pipe);
      closeSync(marker);
      await remove(folder);
      process.off("exit", lastResort);
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

/**
 * Takes the first block that nobody has, not always of the same: where nobody can end them from outside, sockets of a run
 * that has just ended may be heard of still. Of two that take one at the same time at least one sees the other, and goes on.
 */
async function makeInstance(blocks: readonly number[]): Promise<{ readonly block: number; readonly folder: string }> {
  const first = process.pid % Math.max(blocks.length, 1);
  const inTurn = [...blocks.slice(first), ...blocks.slice(0, first)];
  for (const block of inTurn.length === 0 ? [0] : inTurn) {
    const isAnothers = () => block > 0 && instances().some((one) => one.block === block && one.pid !== process.pid);
    if (isAnothers()) continue;
    const folder = `${INSTANCES}/${PREFIX}${process.pid}-${block}`;
    await mkdir(folder);
    if (!isAnothers()) return { block, folder };
    await remove(folder);
  }
  throw new WitnessError(`tracepoint: ${blocks.length} other runs are tracing: run the lab again when one has ended`);
}

/** Instances of runs that were killed. */
function sweep(): void {
  for (const { name, pid } of instances()) if (!isAlive(pid)) removeAtOnce(`${INSTANCES}/${name}`);
}

/** One that is busy, since another reader holds it open, is left for the next run to sweep. */
const remove = (folder: string): Promise<void> => rmdir(folder).catch(() => {});

function removeAtOnce(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Gone already, or busy.
  }
}

function readPipe(pipe: number, into: Transition[]): void {
  let rest = "";
  for (;;) {
    const count = readSome(pipe);
    if (count === 0) return;
    const lines = (rest + octets.toString("latin1", 0, count)).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) take(line, into);
  }
}

/** 0 while nothing is there. */
function readSome(pipe: number): number {
  try {
    return readSync(pipe, octets);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EAGAIN") return 0;
    throw new WitnessError(`tracepoint: reading trace_pipe: ${code}`);
  }
}

function take(line: string, into: Transition[]): void {
  const [, ports] = MARK_LINE.exec(line) ?? [];
  if (ports !== undefined) forget(ports.trim().split(" ").map(Number), into);
  if (/LOST \d+ EVENTS/.test(line)) throw new WitnessError(`tracepoint: reading trace_pipe: ${line.trim()}`);
  const transition = readTransition(line);
  if (transition !== undefined) into.push(transition);
}

function forget(ports: readonly number[], from: Transition[]): void {
  const others = from.filter(({ localPort }) => !ports.includes(localPort));
  from.splice(0, from.length, ...others);
}
