// Which arrows of RFC 9293's figure 5 the two ends were seen to walk in a scene, and which of their moves it does not draw.

import { SCENE_MODES } from "../../evidence/scene-modes.ts";
import type { SegmentLine } from "../../evidence/timeline.ts";
import { ENDS, type End } from "../../tcp/end.ts";
import { ARROWS, NOTE_2, NOTE_3, SYNCHRONISED } from "../../tcp/figure-5.ts";
import type { TcpState } from "../../tcp/state.ts";
import type { Moment, SceneView } from "./run-view.ts";
import { fatesOf, type SegmentFate } from "./segment-fate.ts";

/** An arrow by its number, or the note of the figure that allows the move. */
export type DrawnMove = (typeof ARROWS)[number]["number"] | "note 2" | "note 3";

/** One end was seen in one state, and at the next look that leaves no doubt in another. */
export interface Move {
  readonly end: End;
  readonly from: TcpState;
  readonly to: TcpState;
  /** The number of the step after which the new state was seen. */
  readonly step: number;
  /** Absent where neither the figure nor its notes draw this move, upon what happened, as one arrow. */
  readonly drawn?: DrawnMove;
}

/** In the order of the steps. A look that leaves several states open, or none, tells of no move. */
export function movesIn(scene: SceneView): readonly Move[] {
  if (!SCENE_MODES[scene.mode].story) return []; // many connections, not two ends
  const fateOf = fatesOf(scene);
  const at: Record<End, TcpState> = { client: scene.begins, server: scene.begins };
  return scene.moments.flatMap((moment) =>
    ENDS.flatMap((end) => {
      const [to, ...others] = moment.states[end] ?? [];
      const from = at[end];
      if (to === undefined || others.length > 0 || to === from) return [];
      at[end] = to;
      const drawn = drawnMove(from, to, resetArrives(moment, end, scene, fateOf));
      return [{ end, from, to, step: moment.number, ...(drawn !== undefined && { drawn }) }];
    }),
  );
}

/** Linux does not go this arrow (lab:states): what was LISTEN never left it. */
const BACK_TO_LISTEN = 9;

/** A RST takes other ways than the calls and segments that lead to the same state. */
function drawnMove(from: TcpState, to: TcpState, byReset: boolean): DrawnMove | undefined {
  const synchronised = (SYNCHRONISED as readonly TcpState[]).includes(from);
  if (byReset && synchronised && to === NOTE_3.receiving.to) return "note 3";
  const arrow = ARROWS.find((one) => one.from === from && one.to === to && (one.event === "RST arrives") === byReset);
  // Looks at the listener and at its half-open request are told as one end's: the request vanished, the listener stayed.
  if (arrow?.number === BACK_TO_LISTEN) return undefined;
  if (arrow !== undefined) return arrow.number;
  if (!byReset && from === NOTE_2.from && to === NOTE_2.to) return "note 2";
  return !byReset && synchronised && to === NOTE_3.sending.to ? "note 3" : undefined;
}

/** Handed on in this step, or sent in it to an end that no gate guards. */
function resetArrives(
  { action, sent }: Moment,
  end: End,
  { evidence }: SceneView,
  fateOf: (line: SegmentLine) => SegmentFate,
): boolean {
  const delivered = evidence.segments.filter(({ id }) => action.fate !== "dropped" && action.segments?.includes(id));
  const atOnce = sent.filter((line) => ["at once", "free"].includes(fateOf(line).kind));
  return [...delivered, ...atOnce].some((line) => line.end !== end && line.flags.includes("RST"));
}

/** Of a whole run: every drawn move, by the arrow or note, with the ends that walked it. */
export function endsByArrow(moves: readonly Move[]): ReadonlyMap<DrawnMove, ReadonlySet<End>> {
  const ends = new Map<DrawnMove, Set<End>>();
  for (const { drawn, end } of moves)
    if (drawn !== undefined) ends.set(drawn, (ends.get(drawn) ?? new Set<End>()).add(end));
  return ends;
}

/** So many that were left out are worth a word. */
const FEW = 6;

/** "17 of the figure's 20 arrows were walked before witnesses' eyes; not walked: 5, 9, 20." */
export function formatWalked(moves: readonly Move[]): string {
  const ends = endsByArrow(moves);
  const left = ARROWS.filter(({ number }) => !ends.has(number)).map(({ number }) => number);
  const said = `${ARROWS.length - left.length} of the figure's ${ARROWS.length} arrows were walked before witnesses' eyes`;
  return left.length === 0 || left.length > FEW ? `${said}.` : `${said}; not walked: ${left.join(", ")}.`;
}

const VANISHED = "the half-open request vanished, the listener never left LISTEN";
export const OTHER_MOVES = "Moves that are none of its arrows: not drawn, or more than one arrow between two looks.";

/** What only a note of the figure allows, and what it does not draw as one arrow; each once, with who went so. */
export function otherMoves(moves: readonly Move[]): readonly string[] {
  const told = moves
    .filter(({ drawn }) => typeof drawn !== "number")
    .map(({ from, to, end, drawn }) => {
      const why = drawn ?? (from === "SYN_RCVD" && to === "LISTEN" ? VANISHED : undefined);
      return `${from} → ${to}${why === undefined ? "" : ` (${why})`}: ${end}`;
    });
  return [...new Set(told)];
}

/** "Client: CLOSED —2→ SYN_SENT —8→ ESTABLISHED." */
export function wayOf(end: End, moves: readonly Move[], begins: TcpState): string {
  const own = moves.filter((move) => move.end === end);
  if (own.length === 0) return "";
  const way = own.map(({ drawn, to }) => ` —${drawn ?? "no single arrow"}→ ${to}`).join("");
  return `${end === "client" ? "Client" : "Server"}: ${begins}${way}.`;
}
