// Makes results/example anew, by hand when a lab has changed: one run of each lab (or of those named), README's ladder, its pictures.

import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { labNames } from "../cli/find-lab.ts";
import { openPage, startBrowser } from "./browser.ts";
import { runProcess } from "./lab-process.ts";
import { EXAMPLES, exampleLadder, README, ROOT, readReadme, withLadder } from "./readme.ts";
import { writeZip } from "./zip-writer.ts";

const EXAMPLE_FOLDER = join(ROOT, EXAMPLES);
/** Octets: evidence beyond them is kept as an archive, which judge reads like a folder. */
const LARGE = 4 << 20;
/** What a reader opens by itself. */
const FOR_PEOPLE = /\.(md|html|svg|mmd|dot)$/;

async function make(lab: string): Promise<void> {
  const { status, stdout, stderr } = await runProcess([lab, "--json"]);
  if (status !== 0) throw new Error(`lab:${lab}: status ${status}: ${stderr}`);
  const { run } = JSON.parse(stdout) as { readonly run: { readonly id: string } };
  const folder = join(EXAMPLE_FOLDER, lab);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(EXAMPLE_FOLDER, { recursive: true });
  renameSync(join("results", lab, run.id), folder);
  if (octetsOf(folder) > LARGE) archiveEvidence(folder);
  console.log(`${EXAMPLES}/${lab}: ${readdirSync(folder).join(" ")}`);
}

const octetsOf = (folder: string): number =>
  readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);

function archiveEvidence(folder: string): void {
  const names = readdirSync(folder).filter((name) => !FOR_PEOPLE.test(name));
  const entries = names.map((name) => ({ name, content: readFileSync(join(folder, name)) }));
  writeFileSync(join(folder, "evidence.zip"), writeZip(entries));
  for (const name of names) rmSync(join(folder, name));
}

/** The handshake's report.html, as far as it fits on a screen. */
async function photograph(): Promise<void> {
  const folder = join(EXAMPLE_FOLDER, "handshake");
  await using browser = await startBrowser();
  await using opened = await openPage(browser, join(folder, "report.html"), {
    viewport: { width: 1280, height: 960 },
  });
  await opened.page.screenshot({ path: join(folder, "report.png") });
}

const named = process.argv.slice(2);
for (const lab of named.length > 0 ? named : labNames()) await make(lab);
writeFileSync(README, withLadder(readReadme(), await exampleLadder()));
await photograph();
