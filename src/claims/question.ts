// The questions that decide claims, one member and one row each: what must be asked, and what everybody who meets a question has to know of it.

import { closest } from "../closest.ts";
import { LabError } from "../fault.ts";
import type { End } from "../tcp/end.ts";
import type { TcpState } from "../tcp/state.ts";
import type { Operand, Pick, SegmentField } from "./pick.ts";

/** Rules that src/verdict/answers/segment-rules.ts checks on every segment of a scene. */
export const SEGMENT_RULES = [
  "ack-present-after-first-syn",
  "seq-is-last-ack",
  "ack-follows-what-was-received",
  "repeated-fin-acknowledged-again",
  "closes-in-three-or-four",
  "initial-numbers-uniform",
  "initial-numbers-differ",
  "initial-numbers-unrelated",
  "initial-numbers-follow-the-clock",
  "data-is-acknowledged-by-its-length",
] as const;
export type SegmentRule = (typeof SEGMENT_RULES)[number];

/** The witnesses that cannot tell some states apart. */
const BLIND_WITNESSES = ["tcp-info", "tracepoint"] as const;
export type BlindWitness = (typeof BLIND_WITNESSES)[number];

const POPULATION_FIGURES = ["shortest", "longest", "early", "late", "off-lattice"] as const;
const GROWTH_FIGURES = ["exponent", "weight"] as const;

/** By its name in `what`, all that a question says. `after` and `of` name a step of the scene: "deliver SYN ACK", "deliver ACK #2". */
interface Questions {
  /** `socket`: the end's listener, not its connection. */
  state: { readonly end: End; readonly after: string; readonly socket?: "listener" };
  /** "SYN_SENT to SYN_RCVD": what one end's state was before and after a step. */
  transition: { readonly end: End; readonly of: string; readonly socket?: "listener" };
  /** "CLOSED or TIME_WAIT": the states that one witness by itself leaves open. */
  testimony: { readonly witness: BlindWitness; readonly end: End; readonly after: string };
  /** "each of them", or those of the scene's claims (by their local ids) that do not conform. */
  each: { readonly claims: readonly string[] };
  segment: {
    readonly pick: Pick;
    readonly fields: readonly SegmentField[];
    /** Relative numbers count from the sender's (seq) or receiver's (ack) first sequence number in the scene. */
    readonly numbers: "relative" | "raw";
  };
  /** `of`, or the difference modulo 2^32 as a signed number. */
  number: { readonly of: Operand; readonly minus?: Operand };
  /** 0 is evidence of absence only on a complete tape. */
  count: { readonly pick: Pick };
  /** "ok", the value that came back, or an errno by name. */
  outcome: { readonly of: string };
  /** "every segment" or the first one that breaks the rule. */
  every: { readonly rule: SegmentRule; readonly pick?: Pick };
  /** "nothing else", or what was left on the wire and is in no claim's evidence. */
  "left-over": Readonly<Record<never, never>>;
  /** "the same segments", or where the first so many segments of the two scenes part. */
  "same-segments": { readonly as: string; readonly first: number };
  /**
   * Time left on the timer that ss, netstat or procfs show; compared within `within` milliseconds. `since`: the last such
   * segment before the look started the timer, so that what has passed since then is added.
   */
  timer: {
    readonly end: End;
    readonly after: string;
    readonly kind: string;
    readonly since?: Pick;
    readonly within: number;
  };
  counter: { readonly name: string; readonly of: string };
  /** The inode of an end's socket, by every witness that shows one; 0: it belongs to no process. */
  inode: { readonly end: End; readonly after: string };
  /** What one witness said of an end, in its own words. */
  said: { readonly by: string; readonly end: End; readonly after: string };
  /** What became of one encounter: "ACK seq=SND.NXT ack=RCV.NXT; ESTABLISHED". `of`: its step; `from`: where it must begin. */
  encounter: {
    readonly end: End;
    readonly of: string;
    readonly from: TcpState;
    /** All that the documents allow, in the same notation, where they leave more than one thing open. */
    readonly permits: readonly string[];
  };
  /** Of a population: the length of an entry, or how many break a rule. `atLeast`: how many it must have had. */
  population: { readonly figure: (typeof POPULATION_FIGURES)[number]; readonly atLeast?: number };
  /** Of a growing population: the power with which the cost of a look grows, or whether an entry is "far smaller" than a connection. */
  growth: { readonly figure: (typeof GROWTH_FIGURES)[number]; readonly within: number };
}

export type What = keyof Questions;

/** The question that decides a claim, answered by src/verdict from the timeline alone; Question<"state"> is one kind of them. */
export type Question<W extends What = What> = { [K in W]: { readonly what: K } & Questions[K] }[W];

/** A word of a question that must be one of a closed list. */
export interface ClosedWord {
  /** What it names: "rule". */
  readonly names: string;
  readonly word: string;
  readonly among: readonly string[];
}

/** What of an answer differs between two runs that saw the same: left out where runs are compared. */
export type Chance = "none" | "operands" | "numbers" | "frames" | "frames-and-numbers" | "how-many" | "digits";

interface QuestionRow<W extends What> {
  /** How much of the tape it is answered from: any makes the claim need the wire; the whole is known only when the scene has ended. */
  readonly tape: "none" | "part" | "whole";
  /** Where even the witnesses that spawn a process look: nowhere for its sake, after its steps, or before them as well. */
  readonly looks: "none" | "after" | "around";
  readonly steps: (ask: Question<W>) => readonly string[];
  readonly picks: (ask: Question<W>) => readonly (Pick | undefined)[];
  /** Beside its steps and the ends and flags of its picks. */
  readonly words: (ask: Question<W>) => readonly ClosedWord[];
  readonly chance: (ask: Question<W>) => Chance;
}

const after = (ask: { readonly after: string }): readonly string[] => [ask.after];
const of = (ask: { readonly of: string }): readonly string[] => [ask.of];
const pick = (ask: { readonly pick?: Pick }): readonly (Pick | undefined)[] => [ask.pick];
const none = (): readonly never[] => [];
const never = (): Chance => "none";
const oneOf = (names: string, word: string, among: readonly string[]): readonly ClosedWord[] => [
  { names, word, among },
];

const QUESTIONS: { readonly [W in What]: QuestionRow<W> } = {
  state: { tape: "none", looks: "after", steps: after, picks: none, words: none, chance: never },
  transition: { tape: "none", looks: "around", steps: of, picks: none, words: none, chance: never },
  testimony: {
    tape: "none",
    looks: "after",
    steps: after,
    picks: none,
    words: ({ witness }) => oneOf("blind witness", witness, BLIND_WITNESSES),
    chance: never,
  },
  each: { tape: "none", looks: "none", steps: none, picks: none, words: none, chance: never },
  segment: { tape: "part", looks: "none", steps: none, picks: pick, words: none, chance: () => "numbers" },
  number: {
    tape: "part",
    looks: "none",
    steps: none,
    picks: (ask) => [ask.of.pick, ask.minus?.pick],
    words: none,
    chance: () => "operands",
  },
  count: { tape: "whole", looks: "none", steps: none, picks: pick, words: none, chance: never },
  outcome: { tape: "none", looks: "none", steps: of, picks: none, words: none, chance: never },
  every: {
    tape: "whole",
    looks: "none",
    steps: none,
    picks: pick,
    words: ({ rule }) => oneOf("rule", rule, SEGMENT_RULES),
    chance: () => "frames-and-numbers",
  },
  "left-over": { tape: "whole", looks: "none", steps: none, picks: none, words: none, chance: () => "frames" },
  "same-segments": { tape: "whole", looks: "none", steps: none, picks: none, words: none, chance: never },
  timer: { tape: "none", looks: "after", steps: after, picks: ({ since }) => [since], words: none, chance: never },
  counter: { tape: "none", looks: "none", steps: of, picks: none, words: none, chance: never },
  inode: { tape: "none", looks: "after", steps: after, picks: none, words: none, chance: () => "how-many" },
  said: {
    tape: "none",
    looks: "none",
    steps: after,
    picks: none,
    words: none,
    // A listing shows counters, clocks and inodes; tcp-info a state.
    chance: ({ by }) => (by === "tcp-info" ? "none" : "digits"),
  },
  encounter: { tape: "none", looks: "none", steps: of, picks: none, words: none, chance: never },
  population: {
    tape: "none",
    looks: "none",
    steps: none,
    picks: none,
    words: ({ figure }) => oneOf("figure", figure, POPULATION_FIGURES),
    chance: () => "how-many",
  },
  growth: {
    tape: "none",
    looks: "none",
    steps: none,
    picks: none,
    words: ({ figure }) => oneOf("figure", figure, GROWTH_FIGURES),
    chance: never,
  },
};

/** Throws a LabError for a question that does not exist: a lab need not have been compiled. */
export function questionRow<W extends What>({ what }: Question<W>): QuestionRow<W> {
  if (Object.hasOwn(QUESTIONS, what)) return QUESTIONS[what];
  const names = Object.keys(QUESTIONS);
  throw new LabError(`lab: no such question "${what}": did you mean "${closest(what, names) ?? names.join('", "')}"?`);
}
