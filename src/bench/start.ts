// The main lab, which is little more than its start.

import type { Write } from "./bench.ts";
import { raceLab } from "./whole-process.ts";

export async function measure(write: Write): Promise<void> {
  raceLab(["handshake"], { withoutTools: 2.5, withTools: 4 }, write);
}
