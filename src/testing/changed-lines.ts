// What can be changed in a recorded timeline, and where: the tools of the tests that mutate evidence. Knows the lab open-and-close, and nothing of the judge.

import type { Claim } from "../claims/claim.ts";
import type { Action, SegmentLine, Sighting, TimelineLine } from "../evidence/timeline.ts";
import { claimsOf } from "../lab/scene-claims.ts";
import { STATES, type TcpState } from "../tcp/state.ts";
import openAndClose from "./open-and-close.ts";
import type { Chance } from "./seeded.ts";

export type Lines = readonly TimelineLine[];

/** In these two scenes every segment is a row of the document's table: its flags and numbers are claimed. Not those of a repeat. */
const TABLED: readonly string[] = ["opening", "documented-numbers"];

const CLAIMS = claimsOf(openAndClose);
export const STATE_CLAIMS = CLAIMS.filter(({ ask }) => ask.what === "state");

export const tabledSegments = (lines: Lines): readonly SegmentLine[] =>
  lines.filter(
    (line): line is SegmentLine => line.type === "segment" && TABLED.includes(line.scene) && line.repeats === undefined,
  );

export const sightingsIn = (lines: Lines): readonly Sighting[] =>
  lines.filter((line): line is Sighting => line.type === "sighting");

export const actionsIn = (lines: Lines): readonly Action[] =>
  lines.filter((line): line is Action => line.type === "action");

export const replaced = (lines: Lines, line: TimelineLine, change: object): Lines =>
  lines.map((one) => (one === line ? ({ ...one, ...change } as TimelineLine) : one));

export const without = (lines: Lines, gone: readonly TimelineLine[]): Lines =>
  lines.filter((line) => !gone.includes(line));

export const exchanged = (lines: Lines, one: TimelineLine, other: TimelineLine): Lines =>
  lines.map((line) => (line === one ? other : line === other ? one : line));

/** The step that a claim on a state asks about. */
export function stepAsked({ ask, scene }: Claim, lines: Lines): Action {
  const step = "after" in ask ? ask.after : "";
  const found = actionsIn(lines).find((action) => action.scene === scene && action.step === step);
  if (found === undefined) throw new Error(`mutation: no step "${step}" in ${scene}`);
  return found;
}

/** What each witness said of an end in the look after a step, where it said one state. */
export const certainIn = (lines: Lines, step: Action, end: "client" | "server"): readonly Sighting[] =>
  sightingsIn(lines).filter((line) => line.after === step.id && line.end === end && line.states?.length === 1);

export const endAsked = ({ ask }: Claim): "client" | "server" =>
  ask.what === "state" || ask.what === "timer" ? ask.end : "client";

export const anotherState = (chance: Chance, state: TcpState | undefined): TcpState =>
  chance.pick(STATES.filter((one) => one !== state));

/** Looks that no claim of the lab asks about: neither for a state nor for a timer. */
export function unaskedSightings(lines: Lines): readonly Sighting[] {
  const asked = new Set(
    CLAIMS.flatMap(({ scene, ask }) =>
      "after" in ask ? [`${scene} ${ask.after}`] : "of" in ask ? [`${scene} ${ask.of}`] : [],
    ),
  );
  const steps = new Set(
    actionsIn(lines)
      .filter(({ scene, step }) => !asked.has(`${scene} ${step}`))
      .map(({ id }) => id),
  );
  return sightingsIn(lines).filter(({ after, states }) => steps.has(after) && states?.length === 1);
}

/** Sightings that could be missing: at least two others of the same look leave the same single state. */
export const redundantSightings = (lines: Lines): readonly Sighting[] =>
  sightingsIn(lines).filter((line) => {
    const alike = sightingsIn(lines).filter(
      (other) =>
        other !== line &&
        other.after === line.after &&
        other.end === line.end &&
        String(other.states) === String(line.states),
    );
    return line.states?.length === 1 && alike.length >= 2 && line.timer === null;
  });
