// README.md and the runs in results/example that its ladder and pictures are taken from.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { judgeFolder } from "../cli/judge/run.ts";
import { reportTerminal } from "../report/terminal/terminal.ts";
import type { EnvironmentView } from "../report/view/run-view.ts";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
export const EXAMPLES = "results/example";
export const README = join(ROOT, "README.md");

const COLUMNS = 100;
const LADDER = /(<!-- the first scene of results\/example\/handshake -->\n```\n)([^`]*)(\n```)/;

export const readReadme = (): string => readFileSync(README, "utf8");

/** The ladder that stands in a text of README.md; undefined where its place is not marked. */
export const ladderIn = (readme: string): string | undefined => LADDER.exec(readme)?.[2];

export const withLadder = (readme: string, ladder: string): string =>
  readme.replace(LADDER, (_all, before: string, _old: string, after: string) => `${before}${ladder}${after}`);

/** What lab:handshake printed of its first scene, from its heading on. */
export async function exampleLadder(): Promise<string> {
  const folder = join(EXAMPLES, "handshake");
  const { lab, claims, verdict, lines } = await judgeFolder(join(ROOT, folder));
  const environment = JSON.parse(readFileSync(join(ROOT, folder, "environment.json"), "utf8")) as EnvironmentView;
  const view = { lab, claims, verdict, timeline: lines, environment, folder };
  const [heading = "", scene = ""] = reportTerminal(view, { colour: false, columns: COLUMNS }).split("\n\n");
  return `${heading}\n\n${scene}`;
}
