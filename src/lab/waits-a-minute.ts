// Whether a scene waits for the kernel longer than a person would like to: --quick leaves it out.

import type { Scene } from "./scene.ts";

/** A population is watched for TIME_WAIT's minute, whatever else its scene says. */
export const waitsAMinute = ({ mode, takes }: Scene): boolean => mode === "population" || takes !== undefined;
