// The ways of a whole run through figure 5: the figure with what was walked, unless it stands at the top already, and the same in words.

import type { Move } from "../view/walked-arrows.ts";
import { Figure5Drawing } from "./figure-5-drawing.tsx";
import { Key, WalkedInRun } from "./figure-5-legend.tsx";

export const Ways = ({ moves, isDrawn }: { readonly moves: readonly Move[]; readonly isDrawn: boolean }) => (
  <section id="figure-5">
    <h2>The ways through RFC 9293's figure 5</h2>
    <div class={isDrawn ? "walked-in-run" : "walked-in-run beside"}>
      {!isDrawn && (
        <figure>
          <Figure5Drawing
            moves={moves}
            label="Figure 5 with the arrows that this run walked; they are listed beside it."
          />
          <figcaption>
            <Key />
          </figcaption>
        </figure>
      )}
      <WalkedInRun moves={moves} />
    </div>
  </section>
);
