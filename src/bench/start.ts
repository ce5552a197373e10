// What a person waits for: the whole process of the main lab, held against Node with the TypeScript loader and nothing to do.

import { fileURLToPath } from "node:url";
import { temporaryFolder } from "../testing/lab-process.ts";
import type { Write } from "./bench.ts";
import { race } from "./race.ts";

const LAUNCHER = fileURLToPath(new URL("../launch.mjs", import.meta.url));
const TSX = import.meta.resolve("tsx");
/** Aimed at, as ratios to the empty file. */
const AIM = { withoutTools: 2.5, withTools: 4 } as const;

export async function measure(write: Write): Promise<void> {
  using out = temporaryFolder();
  const handshake = [LAUNCHER, "handshake", "--json", "--out", out.path];
  race(
    [
      { name: "node --import tsx, empty file", words: ["--import", TSX, "--input-type=module", "-e", ""] },
      {
        name: `lab:handshake --json without ss and netstat (aim: ${AIM.withoutTools} x)`,
        words: [...handshake, "--without", "ss", "--without", "netstat"],
      },
      { name: `lab:handshake --json (aim: ${AIM.withTools} x)`, words: handshake },
    ],
    write,
  );
}
