// A population of TIME_WAITs: begun here, and watched to its end while the scenes that follow are played.

import type { PopulationScene } from "../../lab/scene.ts";
import type { SceneRun } from "../scene-run.ts";

export async function runPopulation(scene: PopulationScene, { populations }: SceneRun): Promise<void> {
  populations.begin(scene);
}
