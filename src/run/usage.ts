// What the harness itself takes of the machine while it watches: processor and memory, sampled by pidusage.

import type { SceneRecorder } from "../evidence/recorder.ts";

const EVERY_MS = 5000;

type Sample = [seconds: number, percent: number, mebibytes: number];

/** Samples until disposed; `note` writes what was sampled into the evidence of a scene. */
export class UsageSampler implements Disposable {
  private readonly samples: Sample[] = [];
  private readonly begun = performance.now();
  private readonly timer: NodeJS.Timeout;

  constructor() {
    this.timer = setInterval(() => void this.sample(), EVERY_MS);
    this.timer.unref();
    void this.sample();
  }

  note(recorder: SceneRecorder): void {
    if (this.samples.length === 0) return;
    const most = (place: 1 | 2) => Math.max(...this.samples.map((sample) => sample[place]));
    const text = `The harness took at most ${most(1)} % of a processor and ${most(2)} MiB of memory, sampled ${this.samples.length} times.`;
    recorder.note("usage", text, { samples: this.samples });
  }

  [Symbol.dispose](): void {
    clearInterval(this.timer);
  }

  private async sample(): Promise<void> {
    const { default: pidusage } = await import("pidusage");
    const seen = await pidusage(process.pid).catch(() => undefined);
    if (seen === undefined) return;
    const seconds = Math.round((performance.now() - this.begun) / 100) / 10;
    this.samples.push([seconds, Math.round(seen.cpu), Math.round(seen.memory / 2 ** 20)]);
  }
}
