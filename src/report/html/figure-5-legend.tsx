// The moves of a scene or run in words: which arrow of figure 5 each one is, or that the figure does not draw it.

import { ENDS } from "../../tcp/end.ts";
import { ARROWS } from "../../tcp/figure-5.ts";
import type { TcpState } from "../../tcp/state.ts";
import { endsByArrow, formatWalked, type Move, OTHER_MOVES, otherMoves, wayOf } from "../view/walked-arrows.ts";

export function formatMove({ end, from, to, drawn }: Move): string {
  const where =
    drawn === undefined
      ? "no single arrow of figure 5"
      : typeof drawn === "number"
        ? `arrow ${drawn}`
        : `${drawn} of figure 5`;
  return `The ${end} went ${from} → ${to}: ${where}.`;
}

export function Walked({ moves, begins }: { readonly moves: readonly Move[]; readonly begins: TcpState }) {
  return (
    <>
      <Key />
      <p class="walked">
        {ENDS.map((end) => wayOf(end, moves, begins))
          .filter((way) => way !== "")
          .join(" ")}
      </p>
    </>
  );
}

export const Key = () => (
  <ul class="key">
    {ENDS.map((end) => (
      <li key={end}>
        <svg viewBox="0 0 34 10" class={`sample ${end}`} aria-hidden="true">
          <path d="M1 5H33" />
        </svg>
        walked by the {end}
      </li>
    ))}
  </ul>
);

/** Of a whole run: one sentence, the list of arrows with who walked them, and the moves that are none. */
export function WalkedInRun({ moves }: { readonly moves: readonly Move[] }) {
  const ends = endsByArrow(moves);
  const walked = ARROWS.filter(({ number }) => ends.has(number));
  const others = otherMoves(moves);
  return (
    <div class="walked-lists">
      <div>
        <p>{formatWalked(moves)}</p>
        <ol class="arrows">
          {walked.map(({ number, from, to, event }) => (
            <li value={number} key={number}>
              {from} → {to} ({event}): {[...(ends.get(number) ?? [])].sort().join(" and ")}
            </li>
          ))}
        </ol>
      </div>
      {others.length > 0 && (
        <div>
          <p>{OTHER_MOVES}</p>
          <ul class="arrows">
            {others.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
