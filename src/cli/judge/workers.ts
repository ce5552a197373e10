// Threads that judge a class side by side, one bundle at a time each. A bundle that ends its thread is refused, and the thread begun anew.

import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Bundle } from "../../handed-in/bundle/bundle.ts";
import type { LabLoader } from "../../handed-in/judge-bundle.ts";
import type { Outcome, SentOutcome, ThreadSetting } from "./worker.ts";

const THREAD = new URL("./worker-thread.mjs", import.meta.url);
/** MiB for what lives shortly: a run's lines are read, held against each other and forgotten. */
const YOUNG_MIB = 64;

export class JudgeWorkers implements AsyncDisposable {
  private readonly count: number;
  private readonly setting: ThreadSetting;
  private readonly loadLab: LabLoader;
  private readonly idle: Worker[] = [];
  private readonly waiting: ((worker: Worker) => void)[] = [];
  /** Those that have not ended. */
  private readonly all = new Set<Worker>();

  constructor(count: number, loadLab: LabLoader, lab: string | undefined) {
    this.count = count;
    this.setting = { lab };
    this.loadLab = loadLab;
    for (let begun = 0; begun < count; begun++) this.release(this.begin());
  }

  /** Never rejects for what stands in the bundle. */
  async judge(bundle: Bundle): Promise<Outcome> {
    const worker = await this.take();
    try {
      const sent = await ask(worker, bundle);
      this.release(worker);
      return await this.withLab(sent);
    } catch (error) {
      this.forget(worker);
      this.waiting.shift()?.(this.begin());
      return { judged: { name: bundle.name, refused: `judging it was given up: ${(error as Error).message}` } };
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.all].map((worker) => worker.terminate()));
  }

  private async withLab(sent: SentOutcome): Promise<Outcome> {
    if (!("fingers" in sent)) return sent;
    const { judged, fingers } = sent;
    return { judged: { ...judged, ...(await this.loadLab(judged.verdict.run.lab)) }, fingers };
  }

  private begin(): Worker {
    const worker = new Worker(THREAD, {
      workerData: this.setting,
      // Not those of whoever started us: the thread registers its reader of TypeScript itself.
      execArgv: [],
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MIB },
    });
    this.all.add(worker);
    // What ends a thread is told by the run that it judges; one that ends between two is begun anew for the next.
    worker.on("error", () => {});
    worker.once("exit", () => this.forget(worker));
    return worker;
  }

  private forget(worker: Worker): void {
    this.all.delete(worker);
    const at = this.idle.indexOf(worker);
    if (at >= 0) this.idle.splice(at, 1);
  }

  private take(): Promise<Worker> {
    const worker = this.idle.pop() ?? (this.all.size < this.count ? this.begin() : undefined);
    return worker === undefined ? new Promise((resolve) => this.waiting.push(resolve)) : Promise.resolve(worker);
  }

  private release(worker: Worker): void {
    const next = this.waiting.shift();
    if (next === undefined) this.idle.push(worker);
    else next(worker);
  }
}

/** Rejects where the thread ends before it answers: out of memory, or a fault of ours. */
function ask(worker: Worker, bundle: Bundle): Promise<SentOutcome> {
  const done = new AbortController();
  const answer = once(worker, "message", { signal: done.signal }).then(([outcome]) => outcome as SentOutcome);
  const end = once(worker, "exit", { signal: done.signal }).then(([status]) => {
    throw new Error(`its thread ended with status ${status}`);
  });
  worker.postMessage(bundle, memoryOf(bundle));
  return Promise.race([answer, end]).finally(() => done.abort());
}

/** Handed over, not copied; a small file may share its memory with others, and is copied. */
const memoryOf = ({ files }: Bundle): readonly ArrayBuffer[] =>
  Object.values(files).flatMap(({ buffer, byteLength }) =>
    buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : [],
  );
