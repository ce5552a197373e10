// The lab with the most scenes; TIME_WAIT's minute, which nothing makes shorter, is left out.

import type { Write } from "./bench.ts";
import { raceLab } from "./whole-process.ts";

export async function measure(write: Write): Promise<void> {
  raceLab(["states", "--quick"], { withoutTools: 4, withTools: 8 }, write);
}
