// Two lists of texts held against each other: what stands only in one of them, in order (longest common subsequence).

export interface Difference {
  readonly only: "a" | "b";
  /** Place in its own list, from 0. */
  readonly index: number;
  readonly text: string;
}

/** Beyond this the table of the common subsequence would not fit: the middle is then told as wholly different. */
const LARGEST_TABLE = 4_000_000;

export function differences(a: readonly string[], b: readonly string[]): readonly Difference[] {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let [endA, endB] = [a.length, b.length];
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--;
    endB--;
  }
  return betweenEnds(a, b, { start, endA, endB });
}

interface Window {
  readonly start: number;
  readonly endA: number;
  readonly endB: number;
}

function betweenEnds(a: readonly string[], b: readonly string[], { start, endA, endB }: Window): readonly Difference[] {
  const [rows, columns] = [endA - start, endB - start];
  const only = (of: "a" | "b", index: number): Difference => ({
    only: of,
    index,
    text: (of === "a" ? a : b)[index] ?? "",
  });
  const known = rows * columns <= LARGEST_TABLE;
  const common = known ? commonLengths(a, b, start, rows, columns) : undefined;
  const found: Difference[] = [];
  let [i, j] = [0, 0];
  while (i < rows || j < columns) {
    const length = (row: number, column: number) => common?.[row * (columns + 1) + column] ?? 0;
    if (common !== undefined && i < rows && j < columns && a[start + i] === b[start + j]) {
      i++;
      j++;
    } else if (i < rows && (j === columns || length(i + 1, j) >= length(i, j + 1))) found.push(only("a", start + i++));
    else found.push(only("b", start + j++));
  }
  return found;
}

/** At row and column: how much the rests of both lists have in common. */
function commonLengths(
  a: readonly string[],
  b: readonly string[],
  start: number,
  rows: number,
  columns: number,
): Uint32Array {
  const width = columns + 1;
  const table = new Uint32Array((rows + 1) * width);
  for (let i = rows - 1; i >= 0; i--)
    for (let j = columns - 1; j >= 0; j--)
      table[i * width + j] =
        a[start + i] === b[start + j]
          ? (table[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(table[(i + 1) * width + j] ?? 0, table[i * width + j + 1] ?? 0);
  return table;
}
