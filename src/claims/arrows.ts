// The arrows of RFC 9293 figure 5 and its notes 2 and 3 as claims: each a scene of its own, named for the arrow.

import type { End } from "../tcp/end.ts";
import { ARROWS, type Arrow, NOTE_2, NOTE_3, SYNCHRONISED } from "../tcp/figure-5.ts";
import type { TcpState } from "../tcp/state.ts";
import type { SceneClaim } from "./claim.ts";
import type { Question } from "./question.ts";

const FIGURE_5 = "RFC 9293 §3.3.2, figure 5";

type Drawn = (typeof ARROWS)[number];
type Way<From extends TcpState> = Extract<Drawn, { from: From }>["to"];
/** Whose move it is, and the step that brings it about. */
type Move = Omit<Question<"transition">, "what">;

export interface ArrowScene {
  readonly id: string;
  readonly title: string;
  readonly claims: readonly SceneClaim[];
}

/** How an arrow is shown, and what else its scene shows. */
interface Showing extends Move {
  readonly explanation?: string;
  readonly condition?: string;
  /** Linux is known not to go this way. */
  readonly deviates?: boolean;
}

const formatState = (state: TcpState): string => state.toLowerCase().replaceAll("_", "-");

/** The id and the first claim of the scene that shows this arrow. */
export function arrow<From extends Drawn["from"]>(
  from: From,
  to: Way<From>,
  showing: Showing,
  more: readonly SceneClaim[] = [],
): ArrowScene {
  const drawn: Arrow | undefined = ARROWS.find((one) => one.from === from && one.to === to);
  if (drawn === undefined) throw new Error(`arrows: figure 5 draws none from ${from} to ${to}`);
  const { number, event } = drawn;
  const sends = drawn.sends === undefined ? "" : `, sending ${drawn.sends}`;
  return {
    id: `arrow.${formatState(from)}--${formatState(to)}`,
    title: `Arrow ${number}, ${from} to ${to}: ${event}${sends}.`,
    claims: [
      move(showing, {
        ref: `arrow ${number}`,
        claim: `From ${from} a connection goes to ${to}: ${event}${sends}.`,
        cite: FIGURE_5,
        documented: { kind: "text", value: `${from} to ${to}` },
      }),
      sendsOnTheWay(showing, drawn, FIGURE_5),
      ...more,
    ],
  };
}

export function note2(showing: Showing): ArrowScene {
  const { from, to, event, sends } = NOTE_2;
  return {
    id: "note-2.fin-wait-1--time-wait",
    title: `Note 2, ${from} to ${to}: ${event}.`,
    claims: [
      move(showing, {
        ref: "note 2",
        claim: `From ${from} a connection goes to ${to}: ${event}, sending ${sends}.`,
        cite: `${FIGURE_5}, note 2`,
        documented: { kind: "text", value: `${from} to ${to}` },
      }),
      sendsOnTheWay(showing, NOTE_2, `${FIGURE_5}, note 2`),
    ],
  };
}

export function note3Sending(showing: Showing, more: readonly SceneClaim[]): ArrowScene {
  const { to, event } = NOTE_3.sending;
  return {
    id: "note-3.sending",
    title: `Note 3, the sending half: who sends a RST goes to ${to}.`,
    claims: [
      move(showing, {
        ref: "note 3",
        claim: `Who sends a RST goes to ${to}: ${event} in ESTABLISHED.`,
        cite: `${FIGURE_5}, note 3; §3.5.2`,
        documented: { kind: "text", value: `ESTABLISHED to ${to}` },
      }),
      ...more,
    ],
  };
}

/** The step in which the end that is in this state gets a RST, and that end. */
type Meeting = (state: (typeof SYNCHRONISED)[number]) => { readonly end: End; readonly of: string };

export function note3Receiving(meeting: Meeting): ArrowScene {
  const each = eachState(meeting);
  return {
    id: "note-3.receiving",
    title: "Note 3, the receiving half: a RST takes each of the seven synchronised states to CLOSED.",
    claims: [
      {
        id: "",
        ref: "note 3",
        claim: "A RST takes every synchronised state to CLOSED.",
        source: "rfc9293",
        cite: `${FIGURE_5}, note 3; §3.5.3`,
        documented: { kind: "text", value: "each of them" },
        ask: { what: "each", claims: each.map(({ id }) => id) },
        explanation:
          "Seven connections, one in each state, get a RST whose sequence number is exactly the next one expected; nothing is sent in answer.",
      },
      ...each,
    ],
  };
}

/** The same meetings without the figure around them. */
export const resetInEachState = (meeting: Meeting): ArrowScene => ({
  id: "each-state",
  title: "Each of the seven synchronised states gets a RST at exactly the next number it expects.",
  claims: eachState(meeting),
});

const eachState = (meeting: Meeting): readonly SceneClaim[] =>
  SYNCHRONISED.map((state) => {
    const { to, event } = NOTE_3.receiving;
    return {
      id: formatState(state),
      claim: `From ${state} a connection goes to ${to}: ${event}.`,
      source: "rfc9293",
      cite: `${FIGURE_5}, note 3; §3.5.3`,
      documented: { kind: "text", value: `nothing; ${to}` },
      ask: { what: "encounter", from: state, permits: [], ...meeting(state) },
    };
  });

/** What the figure has the end send as it goes; where it draws nothing, nothing. */
function sendsOnTheWay({ end, of, deviates }: Showing, drawn: { readonly sends?: string }, cite: string): SceneClaim {
  const { sends } = drawn;
  return {
    id: sends === undefined ? "sends-nothing" : `sends-${sends.toLowerCase().replace(" ", "-")}`,
    claim: `On the way it sends ${sends ?? "nothing"}.`,
    source: "rfc9293",
    cite,
    documented: { kind: "number", value: sends === undefined ? 0 : 1 },
    ask: { what: "count", pick: { end, during: of, ...(sends !== undefined && { having: sends }) } },
    ...(deviates && sends !== undefined && { expected: "contradicts" }),
  };
}

function move(
  { explanation, condition, deviates, ...asked }: Showing,
  said: Pick<SceneClaim, "ref" | "claim" | "cite" | "documented">,
): SceneClaim {
  return {
    id: "",
    source: "rfc9293",
    ...said,
    ask: { what: "transition", ...asked },
    ...(deviates && { expected: "contradicts" }),
    ...(condition !== undefined && { condition }),
    ...(explanation !== undefined && { explanation }),
  };
}
