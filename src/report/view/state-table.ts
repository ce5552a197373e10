// The states of both ends after every step, and the raw line of every witness behind them.

import type { Sighting } from "../../evidence/timeline.ts";
import { ENDS } from "../../tcp/end.ts";
import { code, details, escaped, shortened, table } from "../markdown/text.ts";
import { formatAbsence, formatStates } from "./format.ts";
import type { Moment, SceneView } from "./run-view.ts";

const STEP_LIMIT = 40;

export function stateTable(scene: SceneView): string {
  const looked = scene.moments.filter(({ states }) => ENDS.some((end) => states[end] !== undefined));
  if (looked.length === 0) return "No witness looked at the ends in this scene.";
  const shown = shortened(looked, STEP_LIMIT, "steps");
  const moments = [...shown.first, ...shown.last];
  const states = table(
    ["step", "after", "client", "server"],
    moments.map(({ number, action, states }) => [
      `${number}`,
      code(action.step),
      formatStates(states.client),
      formatStates(states.server),
    ]),
  );
  const raw = table(
    ["step", "end", "witness", "compatible with", "what it read"],
    moments.flatMap((moment) => rawLines(moment, scene)),
  );
  return [states, ...(shown.said === "" ? [] : [shown.said]), details("The raw line of every witness", raw)].join(
    "\n\n",
  );
}

function rawLines({ number, action }: Moment, { evidence }: SceneView): readonly (readonly string[])[] {
  const look = evidence.look(action);
  return [...ENDS, undefined].flatMap((end) =>
    look.filter((sighting) => sighting.end === end).map((sighting) => rawLine(number, sighting)),
  );
}

const rawLine = (number: number, { end, socket, witness, states, raw }: Sighting): readonly string[] => [
  `${number}`,
  [end ?? "both", socket].filter(Boolean).join(" "),
  witness,
  states?.join(" or ") ?? "",
  raw === "" ? escaped(`(${formatAbsence(witness)})`) : code(raw),
];
