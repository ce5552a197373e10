// What a scene measured: its figures as a table, and pictures of them, each in an image of its own, so that nothing in it can reach the page.

import { pictureNames } from "../charts/picture-names.ts";
import { figuresOf } from "../view/figure-rows.ts";
import { printable } from "../view/printable.ts";
import type { SceneView } from "../view/run-view.ts";

interface FiguresOf {
  readonly scene: SceneView;
  /** SVG documents by the names of their files. */
  readonly pictures: Readonly<Record<string, string>>;
}

export function Figures({ scene, pictures }: FiguresOf) {
  const figures = figuresOf(scene);
  if (figures === undefined) return null;
  return (
    <div class="part">
      <h3>Figures</h3>
      <div class="pictures">
        {pictureNames(scene).map(({ file, title }) => (
          <Drawn svg={pictures[file] ?? ""} title={title} key={file} />
        ))}
      </div>
      <div class="scroll">
        <table class="figures">
          <thead>
            <tr>
              {figures.head.map((head) => (
                <th scope="col" key={head}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {figures.rows.map(([name = "", ...values]) => (
              <tr key={name}>
                <th scope="row">{printable(name)}</th>
                {values.map((value, index) => (
                  <td key={figures.head[index + 1]}>{printable(value)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

export const Drawn = ({ svg, title }: { readonly svg: string; readonly title: string }) =>
  svg === "" ? null : (
    <img
      class="picture"
      src={`data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`}
      alt={printable(title)}
    />
  );
