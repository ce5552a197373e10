// The reports of a run that lie in its folder: for people, as a page, as Markdown, and the pictures that both show.

import { picturesOf } from "./charts/charts.ts";
import { reportHtml } from "./html/page.tsx";
import { reportMarkdown } from "./markdown/markdown.ts";
import { matrixFiles } from "./matrix/matrix-files.ts";
import { type RunView, scenesOf } from "./view/run-view.ts";

export async function reportFiles(view: RunView): Promise<Readonly<Record<string, string>>> {
  const scenes = scenesOf(view);
  const pictures = await picturesOf(scenes);
  return {
    "report.html": reportHtml({ ...view, pictures }, scenes),
    "report.md": reportMarkdown(view, scenes),
    ...pictures,
    ...matrixFiles(view, scenes),
  };
}
