// IP addresses as bytes and as canonical text (RFC 5952).

const IPV4 = 4;
const GROUPS = 8;

export const decodeAddress = (bytes: Uint8Array): string =>
  bytes.length === IPV4 ? bytes.join(".") : decodeIpv6(bytes);

function decodeIpv6(bytes: Uint8Array): string {
  const groups = Array.from(
    { length: GROUPS },
    (_, index) => ((bytes[2 * index] ?? 0) << 8) | (bytes[2 * index + 1] ?? 0),
  );
  const [start, length] = longestZeros(groups);
  const spell = (part: readonly number[]) => part.map((group) => group.toString(16)).join(":");
  return length < 2 ? spell(groups) : `${spell(groups.slice(0, start))}::${spell(groups.slice(start + length))}`;
}

/** The first of the longest runs of zero groups: RFC 5952 §4.2. */
function longestZeros(groups: readonly number[]): readonly [start: number, length: number] {
  let best: readonly [number, number] = [0, 0];
  for (let start = 0; start < GROUPS; start++) {
    let length = 0;
    while (groups[start + length] === 0) length++;
    if (length > best[1]) best = [start, length];
  }
  return best;
}

/** Throws a RangeError on what is no address. */
export function encodeAddress(text: string): Uint8Array {
  const bytes = text.includes(":") ? encodeIpv6(text) : text.split(".").map(Number);
  const expected = text.includes(":") ? 2 * GROUPS : IPV4;
  if (bytes.length !== expected || bytes.some((octet) => !(octet >= 0 && octet <= 255)))
    throw new RangeError(`address: "${text}": not an IP address`);
  return Uint8Array.from(bytes);
}

function encodeIpv6(text: string): readonly number[] {
  const [head = "", tail] = text.split("::");
  const groupsOf = (part: string) => (part === "" ? [] : part.split(":").map((group) => Number.parseInt(group, 16)));
  const [before, after] = [groupsOf(head), groupsOf(tail ?? "")];
  const missing = tail === undefined ? 0 : GROUPS - before.length - after.length;
  const groups = [...before, ...Array.from({ length: Math.max(0, missing) }, () => 0), ...after];
  return groups.flatMap((group) => [group >>> 8, group & 0xff]);
}
