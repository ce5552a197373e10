// With what words a lab is played where nobody wants to wait for TIME_WAIT's minute.

import { findLab } from "../cli/find-lab.ts";
import { waitsAMinute } from "../lab/scene-claims.ts";

export async function quickWords(lab: string): Promise<readonly string[]> {
  const { scenes } = await findLab(lab);
  return scenes.some(waitsAMinute) ? ["--quick"] : [];
}
