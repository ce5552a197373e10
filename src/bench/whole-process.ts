// What a person waits for: the whole process of a lab, held against Node with the TypeScript loader and nothing to do.

import { fileURLToPath } from "node:url";
import { temporaryFolder } from "../testing/lab-process.ts";
import type { Write } from "./figure.ts";
import { race } from "./race.ts";

const LAUNCHER = fileURLToPath(new URL("../launch.mjs", import.meta.url));
const TSX = new URL("../typescript.mjs", import.meta.url).href;

/** As ratios to the empty file. */
interface Aim {
  readonly withoutTools: number;
  readonly withTools: number;
}

/** The main lab, which is little more than its start. */
export const raceStart = (write: Write): void => raceLab(["handshake"], { withoutTools: 2.5, withTools: 4 }, write);

/** The lab with the most scenes; TIME_WAIT's minute, which nothing makes shorter, is left out. */
export const raceStates = (write: Write): void =>
  raceLab(["states", "--quick"], { withoutTools: 4, withTools: 8 }, write);

function raceLab([lab = "", ...options]: readonly string[], aim: Aim, write: Write): void {
  using out = temporaryFolder();
  const words = [LAUNCHER, lab, ...options, "--json", "--out", out.path];
  const name = [`lab:${lab}`, ...options, "--json"].join(" ");
  race(
    [
      { name: "node --import tsx, empty file", words: ["--import", TSX, "--input-type=module", "-e", ""] },
      {
        name: `${name} without ss and netstat (aim: ${aim.withoutTools} x)`,
        words: [...words, "--without", "ss", "--without", "netstat"],
      },
      { name: `${name} (aim: ${aim.withTools} x)`, words },
    ],
    write,
  );
}
