// A scene of encounters: many connections, each of which meets one forged segment.

import type { EncounterScene } from "../../lab/scene.ts";
import { EncounterRunner } from "../encounters/encounter-runner.ts";
import { openScene, type SceneRun } from "../scene-run.ts";

export async function runEncounters(scene: EncounterScene, run: SceneRun): Promise<void> {
  using open = await openScene(scene, run);
  const { missing, recorder } = open;
  if (missing.length > 0) {
    // Silence may be such a limit's doing: the judge must know.
    const text = `This kernel does not let a namespace set ${missing.join(", ")}: silence may be its rate limit's doing.`;
    recorder.note("limits-closed", text, { missing: [...missing] });
  }
  const { number, signal, giveUp } = run;
  // The tracepoint hears of the run's own block of ports alone; encounters have others.
  const witnesses = run.witnesses.filter(({ name }) => name !== "tracepoint");
  await new EncounterRunner({ ...open, scene, number, signal, giveUp, witnesses }).play();
}
