// The verbs of time: real time goes by while every segment is held, and the tape is read meanwhile.

import { LabError } from "../fault.ts";
import type { StepRunner } from "./step-runner.ts";
import { waitFor } from "./wait.ts";

const UNITS = { ms: 1, s: 1000 } as const;

/** "4 s", "200 ms", "2.5 s" → milliseconds. */
export function readDuration(text: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?) (ms|s)$/.exec(text) ?? [];
  if (number === undefined) throw new LabError(`lab: time.pass("${text}"): must be like "4 s" or "200 ms"`);
  return Number(number) * UNITS[unit as keyof typeof UNITS];
}

export function passTime(duration: string, runner: StepRunner, signal: AbortSignal): Promise<void> {
  const milliseconds = readDuration(duration);
  return runner.runStep({
    actor: "lab",
    name: `pass ${duration}`,
    execute: async () => {
      const calledOff = await waitFor(() => {
        runner.readTape();
        return signal.aborted ? true : undefined;
      }, milliseconds);
      return calledOff === true
        ? { sentence: `The wait of ${duration} is broken off.`, outcome: { ok: false, error: "EINTR" } }
        : { sentence: `${duration} pass while everything is held.`, outcome: { ok: true } };
    },
  });
}

/** Milliseconds after a whole second: the kernel's own count of seconds goes by its tick (ktime_get_seconds; CONFIG_HZ=100 at least). */
const JUST_BEGUN = [20, 100] as const;
const LONGER_THAN_A_SECOND_MS = 1500;

/** By CLOCK_MONOTONIC, which process.hrtime() reads. */
export function awaitSecond(runner: StepRunner, signal: AbortSignal): Promise<void> {
  return runner.runStep({
    actor: "lab",
    name: "await a second",
    execute: async () => {
      await waitFor(() => {
        runner.readTape();
        const since = process.hrtime()[1] / 1e6;
        return signal.aborted || (since >= JUST_BEGUN[0] && since < JUST_BEGUN[1]) ? true : undefined;
      }, LONGER_THAN_A_SECOND_MS);
      return { sentence: "The lab waits until a second of the kernel's clock begins.", outcome: { ok: true } };
    },
  });
}
