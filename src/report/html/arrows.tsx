// The arrows that a lab went, one after the other: how each was provoked, what came in and went out, the state before and after.

import { ARROW_HEAD, arrowRows } from "../view/arrow-table.ts";
import { printable } from "../view/printable.ts";
import type { RunView, SceneView } from "../view/run-view.ts";

export function Arrows({ view, scenes }: { readonly view: RunView; readonly scenes: readonly SceneView[] }) {
  const rows = arrowRows(view, scenes);
  if (rows.length === 0) return null;
  return (
    <section id="arrows">
      <h2>The arrows</h2>
      <div class="scroll">
        <table class="cards wide">
          <thead>
            <tr>
              {ARROW_HEAD.map((head) => (
                <th scope="col" key={head}>
                  {head || "arrow"}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((cells) => (
              <tr key={cells.join(" ")}>
                {cells.map((cell, index) => (
                  <td data-head={ARROW_HEAD[index] || "arrow"} key={ARROW_HEAD[index]}>
                    {printable(cell)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
