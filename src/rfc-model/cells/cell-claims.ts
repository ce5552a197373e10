// The claims of the matrix: one for every cell, and what its scene must know to bring it about.

import type { SceneClaim } from "../../claims/claim.ts";
import { REQUEST_IS_KEPT } from "../../claims/shorthand.ts";
import type { End } from "../../tcp/end.ts";
import { documentedCell, type Model } from "./cell-outcome.ts";
import { type Cell, SEGMENTS, SITUATIONS } from "./segment-cells.ts";

/**
 * What the RFCs say of a cell and, where Linux is known to deviate, what it does instead. `subject`: the end that meets
 * the segment; `step`: the step at which it does; `model`: another one only to show that a wrong line is noticed.
 */
export function claimsOfCell(cell: Cell, subject: End, step: string, model?: Model): readonly SceneClaim[] {
  const { permits, ground, onLinux, forms } = documentedCell(cell, model);
  const { state } = SITUATIONS[cell.situation];
  const ask = { what: "encounter", end: subject, of: step, from: state } as const;
  const makesRequest = state === "LISTEN" && permits.some((outcome) => outcome.endsWith("; SYN_RCVD"));
  const condition = makesRequest ? { condition: REQUEST_IS_KEPT } : {};
  const documented: SceneClaim = {
    id: cell.id,
    claim: `${state} meets ${describe(cell)}: ${permits.join(", or ")}.`,
    source: ground.source,
    cite: ground.level === "plain" ? ground.cite : `${ground.cite} (${ground.level})`,
    ...condition,
    documented: { kind: "text", value: permits.join(" | ") },
    ask: { ...ask, permits },
    ...(forms.length > 0 && { forms }),
  };
  if (onLinux === undefined) return [documented];
  const { deviation, text } = onLinux;
  return [
    { ...documented, expected: "contradicts", explanation: deviation.reason },
    {
      id: `${cell.id}-on-linux`,
      claim: `On Linux: ${text}.`,
      source: "linux",
      cite: `Linux, ${deviation.where}: ${deviation.id}`,
      refines: cell.id,
      ...condition,
      documented: { kind: "text", value: text },
      ask: { ...ask, permits: [text] },
      ...(forms.length > 0 && { forms }),
    },
  ];
}

const PLACE_WORDS = {
  before: "before the window",
  next: "at RCV.NXT",
  middle: "in the middle of the window",
  last: "with the window's last number",
  past: "with the first number past the window",
} as const;
const ACK_WORDS = { old: "an old acknowledgement", next: "ack=SND.NXT", beyond: "ack=SND.NXT+1" } as const;
const TIMESTAMP_WORDS = { valid: "a valid timestamp", old: "an old timestamp", absent: "no timestamp" } as const;

/** "FIN ACK at RCV.NXT with ack=SND.NXT" */
export function describe({ segment, place, acknowledgement, timestamp }: Cell): string {
  const kind = segment === "data" || segment === "urgent" ? " with one octet" : "";
  return [
    `${SEGMENTS[segment].flags}${kind}`,
    place && PLACE_WORDS[place],
    acknowledgement && `with ${ACK_WORDS[acknowledgement]}`,
    timestamp && `and ${TIMESTAMP_WORDS[timestamp]}`,
  ]
    .filter((words) => words !== undefined)
    .join(" ");
}
