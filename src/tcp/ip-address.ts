// IP addresses as bytes and as canonical text (RFC 5952).

const IPV4 = 4;
const GROUPS = 8;
/** ::ffff:0:0/96, IPv4-mapped addresses (RFC 4291 §2.5.5.2), which RFC 5952 §5 writes in mixed notation. */
const MAPPED = [0, 0, 0, 0, 0, 0xffff];

export const decodeAddress = (bytes: Uint8Array): string =>
  bytes.length === IPV4 ? `${bytes[0]}.${bytes[1]}.${bytes[2]}.${bytes[3]}` : decodeIpv6(bytes);

function decodeIpv6(bytes: Uint8Array): string {
  const groups = Array.from(
    { length: GROUPS },
    (_, index) => ((bytes[2 * index] ?? 0) << 8) | (bytes[2 * index + 1] ?? 0),
  );
  if (MAPPED.every((group, index) => groups[index] === group)) return `::ffff:${bytes.subarray(-IPV4).join(".")}`;
  const [start, length] = longestZeros(groups);
  const format = (part: readonly number[]) => part.map((group) => group.toString(16)).join(":");
  return length < 2 ? format(groups) : `${format(groups.slice(0, start))}::${format(groups.slice(start + length))}`;
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
  const octets = text.includes(":") ? encodeIpv6(withoutMixedNotation(text)) : encodeIpv4(text);
  if (octets === undefined) throw new RangeError(`address: reading "${text}": not an IP address`);
  return Uint8Array.from(octets);
}

function encodeIpv4(text: string): readonly number[] | undefined {
  const parts = text.split(".");
  const octets = parts.map(Number);
  const wellFormed = parts.length === IPV4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part));
  return wellFormed && octets.every((octet) => octet <= 0xff) ? octets : undefined;
}

/** "::ffff:1.2.3.4" as "::ffff:102:304"; what is no such text is left as it is. */
function withoutMixedNotation(text: string): string {
  const last = text.lastIndexOf(":") + 1;
  const [a, b, c, d] = encodeIpv4(text.slice(last)) ?? [];
  if (a === undefined || b === undefined || c === undefined || d === undefined) return text;
  return `${text.slice(0, last)}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
}

function encodeIpv6(text: string): readonly number[] | undefined {
  const halves = text.split("::").map((half) => (half === "" ? [] : half.split(":")));
  const [before = [], after = []] = halves;
  const missing = GROUPS - before.length - after.length;
  const wellFormed = halves.length === 1 ? missing === 0 : halves.length === 2 && missing > 0;
  if (!wellFormed || ![...before, ...after].every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  const groups = [...before, ...Array.from({ length: missing }, () => "0"), ...after];
  return groups.map((group) => Number.parseInt(group, 16)).flatMap((group) => [group >>> 8, group & 0xff]);
}
