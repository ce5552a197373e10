// --step: a person decides when, and how, the scene goes on. Keys on a terminal, lines on anything else.

import type { Fate, HeldSegment } from "../drive/stagehand.ts";
import type { Recorder } from "../evidence/recorder.ts";
import type { Action, Sighting } from "../evidence/timeline.ts";
import { Interrupted, type Stepper } from "../stage/stage.ts";
import { ENDS } from "../tcp/end.ts";
import { spellFlags } from "../tcp/flags.ts";
import { spellOption } from "../tcp/option-codec.ts";
import { readKeys } from "./keys.ts";

const KEYS = "Enter: go on   d: drop   2: duplicate   s: show decoded   q: leave";
const STATE_WIDTH = 12;

export function stepByStep(recorder: Recorder, write: (text: string) => void): Stepper & Disposable {
  const keys = readKeys();
  write(`${wayIn()}\n${KEYS}\n\n`);
  return {
    async choose(step, held) {
      write(`next: ${step}${held === undefined ? "" : ` (held: ${headline(held)})`} > `);
      for (;;) {
        const key = await keys.next();
        if (key === undefined || key === "q") throw new Interrupted();
        if (key === "s") write(`\n${held === undefined ? "nothing is held for this step" : decoded(held)}\n> `);
        else {
          write("\n");
          return fateOf(key, held);
        }
      }
    },
    show(action) {
      write(`${ladderRung(recorder, action)}\n`);
    },
    [Symbol.dispose]: () => keys.end(),
  };
}

const fateOf = (key: string, held: HeldSegment | undefined): Fate =>
  held === undefined ? "deliver" : key === "d" ? "drop" : key === "2" ? "duplicate" : "deliver";

/** How a second terminal looks into the namespace of the scene. */
function wayIn(): string {
  const entered = process.env.TCP_LAB_NAMESPACE === "entered";
  const flags = entered ? "--preserve-credentials -U -n" : "-n";
  return `Look from a second terminal: nsenter ${flags} -t ${process.pid} ss -tan`;
}

const headline = ({ end, segment }: HeldSegment): string => `${end} ${spellFlags(segment.flags)} seq=${segment.seq}`;

function decoded({ frame, segment }: HeldSegment): string {
  const { from, to } = segment;
  return [
    `frame ${frame}: ${from.address}:${from.port} > ${to.address}:${to.port}`,
    `  flags ${spellFlags(segment.flags)}   seq ${segment.seq}   ack ${segment.ack}   window ${segment.window}`,
    `  urgent pointer ${segment.urgentPointer}   ${segment.payload.length} octets of data`,
    `  options ${segment.options.map(spellOption).join(", ") || "none"}`,
  ].join("\n");
}

/** Client state, what was done, server state; below it what ss read of each end. */
function ladderRung(recorder: Recorder, id: string): string {
  const lines = recorder.lines;
  const action = lines.find((line): line is Action => line.id === id && line.type === "action");
  const look = lines.filter(
    (line): line is Sighting => line.type === "sighting" && line.after === id && line.socket === undefined,
  );
  const state = (end: "client" | "server") => {
    const certain = look.find((sighting) => sighting.end === end && sighting.states?.length === 1);
    return (certain?.states?.[0] ?? "?").padEnd(STATE_WIDTH);
  };
  const raw = ENDS.flatMap((end) => {
    const seen = look.find((sighting) => sighting.end === end && sighting.witness === "ss");
    return seen === undefined
      ? []
      : [`    ss, ${end}: ${seen.raw === "" ? "not listed" : seen.raw.replaceAll(/\s+/g, " ")}`];
  });
  return [`${state("client")} | ${action?.sentence} | ${state("server")}`, ...raw, ""].join("\n");
}
