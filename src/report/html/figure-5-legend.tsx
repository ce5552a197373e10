// The moves of a scene or run in words: which arrow of figure 5 each one is, or that the figure does not draw it.

import { ENDS, type End } from "../../tcp/end.ts";
import { ARROWS } from "../../tcp/figure-5.ts";
import type { TcpState } from "../../tcp/state.ts";
import { endsByArrow, type Move } from "../walked-arrows.ts";

export function spellMove({ end, from, to, drawn }: Move): string {
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

/** "Client: CLOSED —2→ SYN_SENT —8→ ESTABLISHED." */
function wayOf(end: End, moves: readonly Move[], begins: TcpState): string {
  const own = moves.filter((move) => move.end === end);
  if (own.length === 0) return "";
  const way = own.map(({ drawn, to }) => ` —${drawn ?? "no single arrow"}→ ${to}`).join("");
  return `${end === "client" ? "Client" : "Server"}: ${begins}${way}.`;
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

/** Of a whole run: one sentence, and the list of arrows with who walked them. */
export function WalkedInRun({ moves }: { readonly moves: readonly Move[] }) {
  const ends = endsByArrow(moves);
  const numbers = ARROWS.filter(({ number }) => ends.has(number));
  return (
    <>
      <Key />
      <p>
        {numbers.length} of {ARROWS.length} arrows were walked before witnesses' eyes.
      </p>
      <ol class="arrows">
        {numbers.map(({ number, from, to, event }) => (
          <li value={number} key={number}>
            {from} → {to} ({event}): {[...(ends.get(number) ?? [])].sort().join(" and ")}
          </li>
        ))}
      </ol>
    </>
  );
}
