// The tracepoint of a run: begun as early as can be, and ended beside the report, since the kernel takes some 40 ms for each.

import { UsageError } from "../../fault.ts";
import { PORT_BLOCKS, portsOfBlock } from "../../run/ports.ts";
import type { RunOptions } from "../../run/run-options.ts";
import type { Tracepoint } from "../../witness/tracepoint/tracepoint.ts";

export interface Tracing extends AsyncDisposable {
  /** Rejects with why there is none. */
  readonly begun: Promise<Tracepoint>;
  /** Resolves when nothing is left of it; never rejects. */
  end(): Promise<void>;
}

export function beginTracing(options: RunOptions): Tracing {
  const begun = trace(options);
  let ending: Promise<void> | undefined;
  const end = () => {
    ending ??= begun.then(
      (tracepoint) => tracepoint[Symbol.asyncDispose](),
      () => {},
    );
    return ending;
  };
  // Why there is none is told where capabilities are probed, if the run comes to that.
  begun.catch(() => {});
  return { begun, end, [Symbol.asyncDispose]: end };
}

async function trace({ without, host }: RunOptions): Promise<Tracepoint> {
  if (without.includes("tracepoint")) throw new UsageError("left out by --without tracepoint");
  if (host) throw new UsageError("--host was asked for: the host's own transitions are not ours to record");
  const [{ startTracepoint }, { BULK_PORT }] = await Promise.all([
    import("../../witness/tracepoint/tracepoint.ts"),
    import("../../drive/bulk-connections.ts"),
  ]);
  return startTracepoint(
    new Map(PORT_BLOCKS.map((block) => [block, { ports: portsOfBlock(block), notTo: BULK_PORT }])),
  );
}
