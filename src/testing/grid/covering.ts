// A pair-wise design: few rows in which every level of every factor meets every level of every other one. The same each time.

/** The level of each factor, by its number. */
export type Row = readonly number[];

/** `sizes`: how many levels each factor has. The rows of `first` come first, whatever they are. */
export function coverPairs(sizes: readonly number[], first: readonly Row[] = []): readonly Row[] {
  const open = allPairs(sizes);
  const rows = [...first];
  for (const row of rows) close(open, row);
  for (let [next] = open; next !== undefined; [next] = open) {
    const row = fill(sizes, next, open);
    close(open, row);
    rows.push(row);
  }
  return rows;
}

/** "0=2 3=1": factor 0 at level 2 together with factor 3 at level 1. */
const formatPair = (a: number, i: number, b: number, j: number): string => `${a}=${i} ${b}=${j}`;

function allPairs(sizes: readonly number[]): Set<string> {
  const pairs = new Set<string>();
  for (const [a, levels] of sizes.entries())
    for (let i = 0; i < levels; i++)
      for (let b = a + 1; b < sizes.length; b++)
        for (let j = 0; j < (sizes[b] ?? 0); j++) pairs.add(formatPair(a, i, b, j));
  return pairs;
}

const pairsOf = (row: readonly (number | undefined)[]): readonly string[] =>
  row.flatMap((i, a) =>
    row
      .slice(a + 1)
      .flatMap((j, more) => (i === undefined || j === undefined ? [] : [formatPair(a, i, a + 1 + more, j)])),
  );

function close(open: Set<string>, row: Row): void {
  for (const pair of pairsOf(row)) open.delete(pair);
}

/** A row with this pair, each other factor in turn at the level that closes most pairs which are still open. */
function fill(sizes: readonly number[], pair: string, open: ReadonlySet<string>): Row {
  const row: (number | undefined)[] = sizes.map(() => undefined);
  for (const word of pair.split(" ")) {
    const [factor = 0, level = 0] = word.split("=").map(Number);
    row[factor] = level;
  }
  for (const [factor, levels] of sizes.entries()) {
    if (row[factor] !== undefined) continue;
    const gain = Array.from({ length: levels }, (_, level) => {
      const trial = row.with(factor, level);
      return pairsOf(trial).filter((one) => open.has(one)).length;
    });
    row[factor] = gain.indexOf(Math.max(...gain));
  }
  return row.map((level) => level ?? 0);
}
