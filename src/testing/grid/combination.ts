// One row of the grid: a lab, and how far the machine it is played on is another than the baseline.

import type { Factor, Level } from "./factors.ts";

export interface Combination {
  readonly lab: string;
  /** Of each factor, in their order. */
  readonly levels: readonly Level[];
}

export const isBaseline = ({ levels }: Combination, factors: readonly Factor[]): boolean =>
  levels.every((level, index) => level === factors[index]?.levels[0]);

/** "processors one, ss trixie"; "the baseline" where nothing is otherwise. */
export function formatCombination({ levels }: Combination, factors: readonly Factor[]): string {
  if (isBaseline({ lab: "", levels }, factors)) return "the baseline";
  const told = levels.flatMap((level, index) => {
    const factor = factors[index];
    return factor === undefined || level === factor.levels[0] ? [] : [`${factor.name} ${level.name}`];
  });
  return told.join(", ");
}

/** What the command line is asked for; a level of a later factor stands above one of an earlier. */
export const sysctlsOf = ({ levels }: Combination): Readonly<Record<string, string>> =>
  Object.assign({}, ...levels.map(({ sysctls }) => sysctls ?? {}));
