// Changes to a recorded run that change nothing of what it says of the wire, the looks or the machine.

import { writtenIn } from "../evidence/payload.ts";
import type { TimelineLine } from "../evidence/timeline.ts";
import type { BundleFiles } from "../handed-in/bundle/bundle.ts";
import { type Forgery, sealed, withSegments } from "./careful-forger.ts";
import { actionsIn, redundantSightings, replaced, sightingsIn, without } from "./changed-lines.ts";
import type { Chance } from "./seeded.ts";

const rewritten = (
  run: Forgery,
  original: BundleFiles,
  text: (lines: readonly TimelineLine[]) => string,
): BundleFiles => ({
  ...sealed(run, original),
  "timeline.jsonl": Buffer.from(text(run.lines)),
});

/** pcapng §3.1: a reader skips the blocks it does not know; 0x0bad is one that is for local use. */
const UNKNOWN_BLOCK = Buffer.from("ad0b0000100000000000000010000000", "hex");

/** None of these changes what either file says of the wire, the looks or the machine. */
export const OTHER_MUTATIONS: Readonly<
  Record<string, (run: Forgery, chance: Chance, original: BundleFiles) => Forgery | BundleFiles>
> = {
  "the order of a line's names": (run, _chance, original) =>
    rewritten(run, original, (lines) =>
      lines.map((line) => `${JSON.stringify(Object.fromEntries(Object.entries(line).reverse()))}\n`).join(""),
    ),
  "white space": (run, _chance, original) =>
    rewritten(run, original, (lines) =>
      lines.map((line) => `${JSON.stringify(line, null, 1).replaceAll("\n", " ")}\n`).join(""),
    ),
  "a block that no reader knows": (run, _chance, original) => {
    const files = sealed(run, original);
    return { ...files, "capture.pcapng": Buffer.concat([files["capture.pcapng"], UNKNOWN_BLOCK]) };
  },
  "what an interface is described as": (run) => ({
    ...run,
    capture: { ...run.capture, interfaces: run.capture.interfaces.map((one) => ({ ...one, description: "lo" })) },
  }),
  "a sentence that tells of nothing written": (run, chance) => ({
    ...run,
    lines: replaced(
      run.lines,
      chance.pick(actionsIn(run.lines).filter(({ sentence }) => writtenIn(sentence) === undefined)),
      { sentence: "Something was done." },
    ),
  }),
  "the text of a note": (run, chance) => ({
    ...run,
    lines: replaced(run.lines, chance.pick(run.lines.filter(({ type }) => type === "note")), { text: "Something." }),
  }),
  "one witness of several that say the same": (run, chance) =>
    withSegments(run, without(run.lines, [chance.pick(redundantSightings(run.lines))])),
  "how counters grew": (run, chance) =>
    withSegments(
      run,
      without(run.lines, [chance.pick(sightingsIn(run.lines).filter(({ witness }) => witness === "counters"))]),
    ),
  "a sighting that stands twice": (run, chance) => {
    const sighting = chance.pick(redundantSightings(run.lines));
    return withSegments(
      run,
      run.lines.flatMap((line) => (line === sighting ? [line, { ...line }] : [line])),
    );
  },
  "the time of a sighting, between its neighbours": (run, chance) => {
    const at = chance.pick(
      run.lines.flatMap((line, index) =>
        line.type === "sighting" && run.lines[index + 1]?.type === "sighting" ? [index] : [],
      ),
    );
    const next = run.lines[at + 1];
    const line = run.lines[at];
    return line === undefined || next === undefined
      ? run
      : { ...run, lines: replaced(run.lines, line, { at: next.at }) };
  },
};
