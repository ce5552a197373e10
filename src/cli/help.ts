// What --help says of labs: which there are, their options in groups, what to type, and what the exit status means.

import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { findLab, labNames } from "./find-lab.ts";

const PACKAGE = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string };
export const VERSION = PACKAGE.version;

/** One line for each lab: its name and its question. */
export async function formatLabs(): Promise<string> {
  const labs = await Promise.all(labNames().map(findLab));
  return labs.map(({ id, question }) => `  ${id.padEnd(12)} ${question}`).join("\n");
}

/** `run`: the command that runs a lab, hidden since a lab is run by its name alone. */
export function helpOnLabs(run: Command): string {
  const help = run.createHelp();
  const groups = [...new Set(run.options.map(({ helpGroupHeading = "" }) => helpGroupHeading))];
  const width = Math.max(...run.options.map((option) => help.optionTerm(option).length));
  const formatted = groups.map((group) => {
    const options = run.options.filter(({ helpGroupHeading = "" }) => helpGroupHeading === group);
    const lines = options.map((option) => help.formatItem(help.optionTerm(option), width, option.description, help));
    return [group, ...lines].join("\n");
  });
  return `
A lab is run by its name, or by the path of a file of your own:
  npm run lab -- <lab> [options]
The labs: ${labNames().join(", ")}
Every segment is held on the wire until the lab hands it on, and both ends are
read while the world stands still. A run leaves results/<lab>/<time>-<id>/ with
report.html and report.md for people, verdict.json for programs, capture.pcapng
for Wireshark, and the evidence: timeline.jsonl, environment.json.

${formatted.join("\n\n")}

Examples:
  npm run lab                                the labs and their questions
  npm run lab:handshake                      the handshake, segment by segment
  npm run lab -- handshake --step            a segment when you press Enter
  npm run lab -- close --sysctl net.ipv4.tcp_ecn=1
  npm run -s lab -- close --json             -s, since npm prints a banner
  npm run judge -- results/handshake/<run>   the verdict, from the files alone
  npm run lab -- init my-lab.ts              a lab of your own

Exit status: 0 all as expected; 1 a surprise, or witnesses that disagree;
2 something stayed open or was cut short; 3 no verdict, because the harness,
the usage or the machine's set-up is at fault.
`;
}
