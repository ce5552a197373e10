// Plays the rows of the grid one after the other and tells how each fared against its lab's baseline.

import type { VerdictDocument } from "../../verdict/document-schema.ts";
import { type Combination, formatCombination, isBaseline } from "./combination.ts";
import { type Deviation, deviationsOf } from "./deviations.ts";
import type { Factor } from "./factors.ts";
import { play } from "./play.ts";

export class Grid {
  private readonly factors: readonly Factor[];
  private readonly quick: boolean;
  private readonly signal: AbortSignal;
  private readonly tell: (line: string) => void;
  private readonly baselines = new Map<string, VerdictDocument>();
  /** Verdicts that are others than the baseline's, and nothing says why. */
  unexplained = 0;

  constructor(factors: readonly Factor[], quick: boolean, signal: AbortSignal, tell: (line: string) => void) {
    this.factors = factors;
    this.quick = quick;
    this.signal = signal;
    this.tell = tell;
  }

  async play(combination: Combination, number: number): Promise<void> {
    const begun = performance.now();
    const told = isBaseline(combination, this.factors)
      ? await this.playBaseline(combination)
      : await this.playOther(combination);
    const seconds = Math.round((performance.now() - begun) / 1000);
    const [first = "", ...more] = told;
    const where = formatCombination(combination, this.factors);
    this.tell(
      `${String(number).padStart(3)} ${combination.lab.padEnd(10)} ${String(seconds).padStart(4)} s  ${where}: ${first}`,
    );
    for (const line of more) this.tell(`${" ".repeat(9)}${line}`);
  }

  private async playBaseline(combination: Combination): Promise<readonly string[]> {
    const { verdict, fault } = await play(combination, this.quick, this.signal);
    if (verdict === undefined) return this.fail(fault);
    this.baselines.set(combination.lab, verdict);
    const { surprises, disagree } = verdict.summary;
    if (surprises + disagree > 0) return this.fail(`${surprises} surprises and ${disagree} disagreements`);
    return [`exit ${verdict.exit}, ${verdict.claims.length} claims`];
  }

  /** What deviates is played once more: on a busy machine a claim may be left open that has nothing to do with the level. */
  private async playOther(combination: Combination): Promise<readonly string[]> {
    const once = await this.tryOther(combination);
    if (typeof once === "string") return this.fail(once);
    if (once.every(({ explained }) => explained !== undefined)) return ["the same", ...format(once)];
    const again = await this.tryOther(combination);
    if (typeof again === "string") return this.fail(again);
    const lasting = again.filter(({ id }) => once.some((one) => one.id === id));
    const open = lasting.filter(({ explained }) => explained === undefined);
    this.unexplained += open.length;
    const passing = [...once, ...again].filter(({ id }) => !lasting.some((one) => one.id === id));
    return [
      open.length === 0 ? "the same" : `${open.length} differ`,
      ...format(lasting),
      ...passing.map(({ text }) => `  once of two times: ${text}`),
    ];
  }

  private async tryOther(combination: Combination): Promise<readonly Deviation[] | string> {
    const { verdict, fault } = await play(combination, this.quick, this.signal);
    const baseline = this.baselines.get(combination.lab);
    if (verdict === undefined || baseline === undefined) return fault ?? "the baseline has no verdict";
    return deviationsOf(baseline, verdict, combination);
  }

  private fail(fault = "no verdict"): readonly string[] {
    this.unexplained++;
    return [fault];
  }
}

/** A line for each that nothing explains, and one for each explanation. */
function format(found: readonly Deviation[]): readonly string[] {
  const reasons = [...new Set(found.flatMap(({ explained }) => explained ?? []))];
  return [
    ...found.filter(({ explained }) => explained === undefined).map(({ text }) => `✘ ${text}`),
    ...reasons.map((reason) => {
      const [first, ...more] = found.filter(({ explained }) => explained === reason);
      return `– ${first?.text}${more.length === 0 ? "" : `, and ${more.length} more`}: as it must be: ${reason}`;
    }),
  ];
}
