// `npm run bench`: the figures that there are; each is a file beside this one and can be asked for by its name.

import { closest } from "../closest.ts";
import { UsageError } from "../fault.ts";
import type { Figure, Write } from "./figure.ts";

const FIGURES: Readonly<Record<string, Figure>> = {
  start: {
    about: "the whole process of lab:handshake, as a ratio to node --import tsx on an empty file",
    load: async () => (await import("./whole-process.ts")).raceStart,
  },
  states: {
    about: "the whole process of lab:states but for TIME_WAIT's minute, as a ratio to the same",
    load: async () => (await import("./whole-process.ts")).raceStates,
  },
  parsing: {
    about: "reading 400 000 sockets of ss -tano and /proc/net/tcp, as a ratio to splitting the same text",
    load: async () => (await import("./parsing.ts")).measure,
  },
  listing: {
    about: "20 000 real sockets, listed by our ways and by systeminformation",
    load: async () => (await import("./listing.ts")).measure,
  },
  matrix: {
    about: "cells of lab:matrix and the memory they take",
    load: async () => (await import("./matrix.ts")).measure,
  },
  "sock-diag": {
    about: "a look at up to 400 000 TIME_WAITs by sock-diag, as a ratio to ss and others",
    load: async () => (await import("./looking.ts")).measure,
  },
  judge: {
    about: "a class of 1000 runs, judged in one call",
    load: async () => (await import("./judging.ts")).measure,
  },
  stepping: {
    about: "one stepped handshake, without start-up and spawns",
    load: async () => (await import("./stepping.ts")).measure,
  },
};

/** Measures those named, or all, one after the other: side by side they would disturb each other. */
export async function bench(names: readonly string[], write: Write): Promise<number> {
  const wanted = names.length === 0 ? Object.keys(FIGURES) : names;
  const figures = wanted.map((name) => [name, figureNamed(name)] as const);
  for (const [name, { about, load }] of figures) {
    write(`${name}: ${about}`);
    const measure = await load();
    await measure((line) => write(`  ${line}`));
  }
  return 0;
}

function figureNamed(name: string): Figure {
  const figure = FIGURES[name];
  if (figure !== undefined) return figure;
  const names = Object.keys(FIGURES);
  const nearest = closest(name, names);
  throw new UsageError(
    `bench: "${name}": no such figure: ${nearest === undefined ? `there are ${names.join(", ")}` : `did you mean "${nearest}"?`}`,
  );
}
