// Many names written as few: "{data,urgent}-past-ack-{old,next}" for four that differ in these words.

import { groupBy } from "./group-by.ts";

/** Each of the `names`, which are words joined by hyphens, is named exactly once. */
export function braced(names: readonly string[]): string {
  let patterns: readonly Pattern[] = names.map((name) => name.split("-"));
  for (let place = Math.max(...patterns.map(({ length }) => length)) - 1; place >= 0; place--)
    patterns = [...groupBy(patterns, (words) => otherWords(words, place)).values()].map((own) => unite(own, place));
  return patterns.map((words) => words.join("-")).join(", ");
}

/** Its words; several that are possible in one place are one: "{old,next}". */
type Pattern = readonly string[];

const otherWords = (words: Pattern, place: number): string =>
  JSON.stringify(place < words.length ? words.with(place, "") : words);

function unite(patterns: readonly Pattern[], place: number): Pattern {
  const [first = []] = patterns;
  const words = patterns.map((own) => own[place]);
  return words.length === 1 ? first : first.with(place, `{${words.join(",")}}`);
}
