// Ctrl-C and its kin: the first ends the run between two steps and keeps what was recorded, a later one ends it at once.

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const EXIT_HARNESS = 3;
/**
 * One key press may arrive twice: from the terminal and handed on by npm, and a launcher's death is told once for each of
 * its threads (prctl(2), PR_SET_PDEATHSIG). What comes this soon is the same wish.
 */
const SAME_WISH_MS = 500;

export async function untilInterrupted(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const controller = new AbortController();
  let firstAt = Number.POSITIVE_INFINITY;
  const interrupt = () => {
    if (performance.now() - firstAt > SAME_WISH_MS) process.exit(EXIT_HARNESS);
    if (controller.signal.aborted) return;
    firstAt = performance.now();
    process.stderr.write("interrupted: writing an honest, partial report (once more ends at once)\n");
    controller.abort();
  };
  for (const signal of SIGNALS) process.on(signal, interrupt);
  try {
    await work(controller.signal);
  } finally {
    // After an interruption they stay: the same wish come twice must not end the process while it writes.
    if (!controller.signal.aborted) for (const signal of SIGNALS) process.off(signal, interrupt);
  }
}
