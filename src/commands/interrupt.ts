// Ctrl-C and its kin: the first ends the run between two steps and keeps what was recorded, the second ends it at once.

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const EXIT_HARNESS = 3;

export async function untilInterrupted(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(EXIT_HARNESS);
    process.stderr.write("interrupted: writing an honest, partial report (once more ends at once)\n");
    controller.abort();
  };
  for (const signal of SIGNALS) process.on(signal, interrupt);
  try {
    await work(controller.signal);
  } finally {
    for (const signal of SIGNALS) process.off(signal, interrupt);
  }
}
