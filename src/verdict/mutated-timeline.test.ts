import assert from "node:assert/strict";
import { test } from "node:test";
import type { TimelineLine } from "../evidence/timeline.ts";
import { readTimeline } from "../evidence/timeline-file.ts";
import { claimsOf } from "../lab/scene-claims.ts";
import { FLAGS } from "../tcp/flags.ts";
import {
  actionsIn,
  anotherState,
  certainIn,
  endAsked,
  exchanged,
  type Lines,
  redundantSightings,
  replaced,
  STATE_CLAIMS,
  sightingsIn,
  stepAsked,
  tabledSegments,
  unaskedSightings,
  without,
} from "../testing/changed-lines.ts";
import openAndClose from "../testing/open-and-close.ts";
import { recordedFiles, recordOpenAndClose } from "../testing/recorded-run.ts";
import { type Chance, chanceFrom, seedOfRun } from "../testing/seeded.ts";
import { verdictDocumentOf } from "./verdict-document.ts";

const ROUNDS = 8;
const CLAIMS = claimsOf(openAndClose);
const NO_DIGESTS = { timeline: "", capture: "" };

type Mutate = (lines: Lines, chance: Chance) => Lines;

/** Each changes a fact that a claim names: by what it is done to, never by what the judge then says. */
const FACTS: Readonly<Record<string, Mutate>> = {
  "a flag of a segment that is a row of the table": (lines, chance) => {
    const line = chance.pick(tabledSegments(lines));
    const flag = chance.pick(FLAGS);
    const flags = line.flags.includes(flag) ? line.flags.filter((one) => one !== flag) : [...line.flags, flag];
    return replaced(lines, line, { flags: FLAGS.filter((one) => flags.includes(one)) });
  },
  "the sequence number of such a segment": (lines, chance) => {
    const line = chance.pick(tabledSegments(lines));
    return replaced(lines, line, { seq: (line.seq + 1 + chance.number(1000)) % 2 ** 32 });
  },
  "the acknowledgement of such a segment": (lines, chance) => {
    const line = chance.pick(tabledSegments(lines).filter(({ flags }) => flags.includes("ACK")));
    return replaced(lines, line, { ack: (line.ack + 1 + chance.number(1000)) % 2 ** 32 });
  },
  "whose such a segment is": (lines, chance) => {
    const line = chance.pick(tabledSegments(lines));
    return replaced(lines, line, { end: line.end === "client" ? "server" : "client" });
  },
  "the state that a witness saw where a claim asks for it": (lines, chance) => {
    const claim = chance.pick(STATE_CLAIMS);
    const sighting = chance.pick(certainIn(lines, stepAsked(claim, lines), endAsked(claim)));
    return replaced(lines, sighting, { states: [anotherState(chance, sighting.states?.[0])] });
  },
  "the order of two segments of the opening, whose numbers are counted from the first": (lines, chance) => {
    const opening = tabledSegments(lines).filter(({ scene }) => scene === "opening");
    const one = chance.pick(opening);
    return exchanged(lines, one, chance.pick(opening.filter((line) => line !== one)));
  },
  "the order of two looks that show an end in two states": (lines, chance) => {
    const claim = chance.pick(STATE_CLAIMS);
    const step = stepAsked(claim, lines);
    const state = (of: typeof step) => String(certainIn(lines, of, endAsked(claim))[0]?.states ?? "none");
    const others = actionsIn(lines).filter(({ scene, id }) => scene === claim.scene && id !== step.id);
    const other = chance.pick(others.filter((one) => !["none", state(step)].includes(state(one))));
    return lines.map((line) => {
      if (line.type !== "sighting") return line;
      return { ...line, after: line.after === step.id ? other.id : line.after === other.id ? step.id : line.after };
    });
  },
  "that such a segment is there": (lines, chance) => without(lines, [chance.pick(tabledSegments(lines))]),
  "that the step of a claim was taken": (lines, chance) =>
    without(lines, [stepAsked(chance.pick(STATE_CLAIMS), lines)]),
  "that anybody looked at an end where a claim asks for its state": (lines, chance) => {
    const claim = chance.pick(STATE_CLAIMS);
    const step = stepAsked(claim, lines);
    return without(
      lines,
      sightingsIn(lines).filter(({ after, end }) => after === step.id && end === endAsked(claim)),
    );
  },
  "that the tape is complete where segments are counted": (lines, chance) => {
    const counted = ["documented-numbers", "free"];
    const notes = lines.filter(
      (line) => line.type === "note" && line.topic === "tape" && counted.includes(line.scene ?? ""),
    );
    return without(lines, [chance.pick(notes)]);
  },
  "that the machine had what a claim needs": (lines) => {
    const [run] = lines as [Extract<TimelineLine, { type: "note" }>];
    return replaced(lines, run, { data: { ...run.data, capabilities: ["namespace", "wire", "hold"] } });
  },
};

/** None of these is what a claim of this lab asks about. */
const OTHERS: Readonly<Record<string, Mutate>> = {
  "a window": (lines, chance) => replaced(lines, chance.pick(tabledSegments(lines)), { window: chance.number(65_536) }),
  "an urgent pointer": (lines, chance) =>
    replaced(lines, chance.pick(tabledSegments(lines)), { urgentPointer: 1 + chance.number(9) }),
  "the acknowledgement of a segment without ACK": (lines, chance) =>
    replaced(lines, chance.pick(tabledSegments(lines).filter(({ flags }) => !flags.includes("ACK"))), {
      ack: 1 + chance.number(9),
    }),
  "a sentence": (lines, chance) => replaced(lines, chance.pick(actionsIn(lines)), { sentence: "Something was done." }),
  "the text of a note": (lines, chance) =>
    replaced(lines, chance.pick(lines.filter(({ type }) => type === "note")), { text: "Something." }),
  "a time": (lines, chance) =>
    replaced(lines, chance.pick(lines), { at: `1795569030.${String(chance.number(1e9)).padStart(9, "0")}` }),
  "a raw line": (lines, chance) => replaced(lines, chance.pick(sightingsIn(lines)), { raw: "something" }),
  "a state where no claim asks for one": (lines, chance) => {
    const sighting = chance.pick(unaskedSightings(lines));
    return replaced(lines, sighting, { states: [anotherState(chance, sighting.states?.[0])] });
  },
  "one witness of several that say the same": (lines, chance) =>
    without(lines, [chance.pick(redundantSightings(lines))]),
  "the order of two sightings of one look": (lines, chance) => {
    const one = chance.pick(redundantSightings(lines));
    return exchanged(
      lines,
      one,
      chance.pick(sightingsIn(lines).filter((other) => other !== one && other.after === one.after)),
    );
  },
  "how counters grew": (lines, chance) =>
    without(lines, [chance.pick(sightingsIn(lines).filter(({ witness }) => witness === "counters"))]),
  "a sighting that stands twice": (lines, chance) => {
    const sighting = chance.pick(sightingsIn(lines));
    return lines.flatMap((line) => (line === sighting ? [line, { ...line, id: "e999999" }] : [line]));
  },
};

const verdictsOf = (lines: Lines): string =>
  JSON.stringify(verdictDocumentOf(CLAIMS, lines, NO_DIGESTS).claims.map(({ id, verdict }) => [id, verdict]));

interface Score {
  tried: number;
  changed: number;
}

function mutateAll(
  lines: Lines,
  mutations: Readonly<Record<string, Mutate>>,
  chance: Chance,
): ReadonlyMap<string, Score> {
  const untouched = verdictsOf(lines);
  const scores = new Map<string, Score>();
  for (const [name, mutate] of Object.entries(mutations)) {
    const score = { tried: 0, changed: 0 };
    for (let round = 0; round < ROUNDS; round++) {
      score.tried++;
      if (verdictsOf(mutate(lines, chance)) !== untouched) score.changed++;
    }
    scores.set(name, score);
  }
  return scores;
}

const sum = (scores: ReadonlyMap<string, Score>, of: keyof Score): number =>
  [...scores.values()].reduce((total, score) => total + score[of], 0);

async function tryRun(lines: Lines, diagnose: (text: string) => void): Promise<void> {
  const seed = seedOfRun();
  const chance = chanceFrom(seed);
  const facts = mutateAll(lines, FACTS, chance);
  const others = mutateAll(lines, OTHERS, chance);
  diagnose(
    `seed ${seed}: of ${sum(facts, "tried")} mutations of facts ${sum(facts, "changed")} changed a verdict; of ${sum(others, "tried")} others ${sum(others, "changed")} did`,
  );
  assert.ok(sum(facts, "tried") + sum(others, "tried") >= 100);
  for (const [name, { tried, changed }] of facts) assert.equal(changed, tried, `${name} (SEED=${seed})`);
  for (const [name, { changed }] of others) assert.equal(changed, 0, `${name} (SEED=${seed})`);
}

test("a changed fact changes a verdict, and nothing else does: on the run that is kept", (t) =>
  tryRun(readTimeline(recordedFiles()["timeline.jsonl"].toString()), (text) => t.diagnostic(text)));

test("a changed fact changes a verdict, and nothing else does: on a run of this machine", async (t) => {
  const fresh = await recordOpenAndClose();
  if ("missing" in fresh) return t.skip(fresh.missing);
  await tryRun(readTimeline(fresh["timeline.jsonl"].toString()), (text) => t.diagnostic(text));
});
