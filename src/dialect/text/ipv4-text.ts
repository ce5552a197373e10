// The texts of IPv4 addresses, of which those seen last are kept: listings repeat them, and to make one takes as long as all else in a row.

const KEPT = 4096;
const words = new Float64Array(KEPT).fill(-1);
const texts: string[] = new Array<string>(KEPT).fill("");

/** `word`: the first octet is the highest. "*" for the any-address. */
export function ipv4Text(word: number): string {
  if (word === 0) return "*";
  const place = (word ^ (word >>> 12) ^ (word >>> 20)) & (KEPT - 1);
  if (words[place] !== word) {
    words[place] = word;
    texts[place] = `${word >>> 24}.${(word >>> 16) & 0xff}.${(word >>> 8) & 0xff}.${word & 0xff}`;
  }
  return texts[place] ?? "";
}
