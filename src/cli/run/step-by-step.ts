// --step: a person decides when, and how, the scene goes on. Keys on a terminal, lines on anything else.

import type { Decision, HeldSegment } from "../../drive/step-runner.ts";
import { isNoteThat } from "../../evidence/notes.ts";
import type { Recorder } from "../../evidence/recorder.ts";
import type { Scene } from "../../lab/scene.ts";
import { mayNotPause } from "../../lab/scene-claims.ts";
import { wrap } from "../../report/terminal/columns.ts";
import { drawLadderStep } from "../../report/terminal/ladder-step.ts";
import { painted, type TerminalStyle } from "../../report/terminal/style.ts";
import { printable } from "../../report/view/printable.ts";
import { type Moment, momentsOf } from "../../report/view/run-view.ts";
import type { Play } from "../../run/play-scenes.ts";
import { Interrupted, type Stepper } from "../../run/stepper.ts";
import { ENDS } from "../../tcp/end.ts";
import { formatFlags } from "../../tcp/flags.ts";
import { formatOption } from "../../tcp/option-codec.ts";
import { SceneEvidence } from "../../verdict/scene-evidence.ts";
import { readKeys } from "./keys.ts";

const KEYS = "Enter: go on   d: drop   2: duplicate   s: show decoded   q: leave";

const BY_ITSELF = "This one goes on by itself: the kernel's timers would not wait for you.";

type StepByStep = Stepper & Required<Pick<Play, "onScene" | "onPlayed">> & Disposable;

/** `style`: asked at every step, since a person may make the window wider. */
export function stepByStep(recorder: Recorder, write: (text: string) => void, style: () => TerminalStyle): StepByStep {
  const keys = readKeys();
  return {
    onScene: (scene) => write(`\n${heading(scene, style())}\n\n`),
    enter: (path) => {
      if (path !== undefined) write(`${wayIn(path, style())}\n\n`);
    },
    async choose(step, held, signal) {
      write(`${wrap(`next: ${step}${held === undefined ? "" : ` (held: ${headline(held)})`}`, style().columns)} > `);
      for (;;) {
        const key = await keys.next(signal);
        if (key === undefined || key === "q") throw new Interrupted();
        if (key === "s")
          write(`\n${held === undefined ? "nothing is held for this step" : decoded(held, style())}\n> `);
        else {
          write("\n");
          return fateOf(key, held);
        }
      }
    },
    show: (action) => write(`${rungOf(recorder, action, style())}\n\n`),
    onPlayed: (scene) => write(toldOf(recorder, scene, style())),
    [Symbol.dispose]: () => keys.end(),
  };
}

const fateOf = (key: string, held: HeldSegment | undefined): Decision =>
  held === undefined ? "deliver" : key === "d" ? "drop" : key === "2" ? "duplicate" : "deliver";

/** How a second terminal looks into the namespace of the scene. */
function wayIn(path: string, { columns }: TerminalStyle): string {
  const entered = process.env.TCP_LAB_NAMESPACE === "entered";
  const user = entered ? `--preserve-credentials -U -t ${process.pid} ` : "";
  // On a line of its own, to be copied.
  return `${wrap("Look into the scene from a second terminal:", columns)}\n  nsenter ${user}--net=${path} ss -tan`;
}

function heading(scene: Scene, style: TerminalStyle): string {
  const { id, mode, title } = scene;
  const rule = painted(`── ${id} (${mode}) `.padEnd(style.columns, "─"), "bold", style);
  const hint = mayNotPause(scene) ? BY_ITSELF : KEYS;
  return `${rule}\n${wrap(title, style.columns)}\n${painted(wrap(hint, style.columns), "dim", style)}`;
}

const headline = ({ end, segment }: HeldSegment): string => `${end} ${formatFlags(segment.flags)} seq=${segment.seq}`;

function decoded({ line, segment }: HeldSegment, { columns }: TerminalStyle): string {
  const { from, to } = segment;
  return [
    `frame ${line?.frame}: ${from.address}:${from.port} > ${to.address}:${to.port}`,
    `  flags ${formatFlags(segment.flags)}   seq ${segment.seq}   ack ${segment.ack}   window ${segment.window}`,
    `  urgent pointer ${segment.urgentPointer}   ${segment.payload.length} octets of data`,
    wrap(`options ${segment.options.map(formatOption).join(", ") || "none"}`, columns, "  ", "    "),
  ].join("\n");
}

/** What was done and what was seen of it, with what ss (else procfs) printed last of each end. */
function rungOf({ lines }: Recorder, id: string, style: TerminalStyle): string {
  const own = lines.filter(({ scene }) => scene === lines.find((line) => line.id === id)?.scene);
  const evidence = new SceneEvidence(own);
  const moment = momentsOf(own, evidence).find(({ action }) => action.id === id);
  if (moment === undefined) return "";
  const decided = (moment.action.segments ?? []).flatMap((segment) => evidence.segment(segment) ?? []);
  const holds = evidence.note("scene")?.data?.mode === "stepped";
  return drawLadderStep({ ...moment, decided, holds, raw: rawLines(moment, evidence) }, style);
}

function rawLines({ action }: Moment, evidence: SceneEvidence) {
  const look = evidence.look(action).filter(({ socket }) => socket === undefined);
  return Object.fromEntries(
    ENDS.flatMap((end) => {
      const own = look.filter((sighting) => sighting.end === end);
      const seen = own.find(({ witness }) => witness === "ss") ?? own.find(({ witness }) => witness === "procfs");
      return seen === undefined ? [] : [[end, { witness: seen.witness, line: seen.raw }]];
    }),
  );
}

/** Why a scene went otherwise than it stands in the lab. */
const toldOf = ({ lines }: Recorder, { id }: Scene, { columns }: TerminalStyle): string =>
  lines
    .flatMap((line) => (isNoteThat(line, "shown") && line.scene === id ? line.text : []))
    .map((text) => `${wrap(printable(text), columns)}\n`)
    .join("");
