// What a person sees of a run on standard error: a line that is written over, and of a lab that takes a minute each scene's verdict as it comes.

import type { Recorder } from "../../evidence/recorder.ts";
import type { Lab, Scene } from "../../lab/scene.ts";
import { claimsOf } from "../../lab/scene-claims.ts";
import type { Play } from "../../run/play-scenes.ts";
import type { Ageing } from "../../run/population/population-watch.ts";
import type { RunOptions } from "../../run/run-options.ts";
import type { JudgedClaim } from "../../verdict/document-schema.ts";
import { judge, type MachineLimits } from "../../verdict/judge.ts";
import { surprisesAmong } from "../../verdict/summary.ts";
import { styleOfTerminal } from "../style-of-terminal.ts";

export interface Progress extends Pick<Play, "onScene" | "onPlayed" | "onLook"> {
  /** Takes the line away that was written over. */
  end(): void;
}

type Write = (text: string) => void;

/** On a terminal the line; elsewhere, and only of a lab that takes a minute, one line for each change. */
export function progressOf(
  lab: Lab,
  recorder: Recorder,
  bench: MachineLimits,
  options: RunOptions,
  write: Write,
): Progress {
  const takesAMinute = lab.scenes.some(({ mode }) => mode === "population");
  const terminal = process.stderr.isTTY === true;
  const silent = options.quiet || options.step || (!terminal && (options.json || !takesAMinute));
  if (silent) return { end: () => {} };
  const line = terminal ? new WrittenOver(write) : undefined;
  const ages = new Ages();
  let playing = "";
  const show = () => line?.show([ages.format(), playing].filter((part) => part !== "").join(" · "));
  const tell = (text: string) => {
    if (line === undefined) write(`${text}\n`);
    else line.above(text);
  };
  return {
    onScene({ id, title, takes }) {
      playing = `${id}: ${title}${takes === undefined ? "" : ` (takes ${takes})`}`;
      show();
    },
    onPlayed(scene) {
      playing = "";
      if (takesAMinute && !ages.stands(scene.id)) tell(formatVerdicts(scene, verdictsOf(lab, scene, recorder, bench)));
      show();
    },
    onLook(ageing) {
      if (ages.take(ageing) && line === undefined) tell(ages.format());
      show();
    },
    end: () => line?.end(),
  };
}

function verdictsOf(lab: Lab, scene: Scene, recorder: Recorder, bench: MachineLimits): readonly JudgedClaim[] {
  const own = recorder.lines.filter((line) => line.scene === scene.id);
  return judge(claimsOf({ id: lab.id, scenes: [scene] }), own, bench);
}

/** "✔ orphan (T6): 4 claims as expected" */
function formatVerdicts({ id }: Scene, claims: readonly JudgedClaim[]): string {
  const refs = [...new Set(claims.flatMap(({ ref }) => ref ?? []))].join(" ");
  const head = refs === "" ? id : `${id} (${refs})`;
  const surprises = surprisesAmong(claims);
  if (surprises.length > 0)
    return `✘ ${head}: ${surprises.map(({ claim, verdict }) => `${verdict}: ${claim}`).join("; ")}`;
  const open = claims.filter(({ verdict }) => verdict === "unwitnessed" || verdict === "unsupported");
  if (open.length > 0) return `? ${head}: ${open[0]?.verdict}: ${open[0]?.because.join("; ")}`;
  return `✔ ${head}: ${claims.length} claim${claims.length === 1 ? "" : "s"} as expected`;
}

/** How the populations stand. */
class Ages {
  private readonly ages = new Map<string, Ageing>();

  /** Returns whether one was made, or began to end, or has ended. */
  take(ageing: Ageing): boolean {
    const before = this.ages.get(ageing.scene);
    this.ages.set(ageing.scene, ageing);
    return before === undefined ? ageing.standing > 0 : before.standing !== ageing.standing;
  }

  stands(scene: string): boolean {
    return (this.ages.get(scene)?.standing ?? 0) > 0;
  }

  format(): string {
    return [...this.ages.values()]
      .map(({ scene, entries, standing, countdown }) => {
        const left = standing === 0 ? "" : `, the first ends in ${Math.ceil(countdown / 1000)} s`;
        return `${scene}: ${standing} of ${entries} stand${left}`;
      })
      .join(" · ");
  }
}

class WrittenOver {
  private readonly write: Write;
  private shown = "";

  constructor(write: Write) {
    this.write = write;
  }

  show(text: string): void {
    const fits = text.slice(0, styleOfTerminal().columns - 1);
    if (fits === this.shown) return;
    this.shown = fits;
    this.write(`\r\u001b[K${fits}`);
  }

  /** A line that stays, above the one that is written over. */
  above(text: string): void {
    this.write(`\r\u001b[K${text}\n${this.shown}`);
  }

  end(): void {
    this.write("\r\u001b[K");
  }
}
