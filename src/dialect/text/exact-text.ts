// From one character per octet to text, with nothing lost: UTF-8 where it is UTF-8, else a lone surrogate per octet.

const BEYOND_ASCII = /[\x80-\xff]/;
/** As Python's os.fsdecode() does: octet 0x80 becomes U+DC80. */
const ESCAPE = 0xdc00;
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** `octets`: one character, U+0000 to U+00FF, for each. The kernel cuts process names at 15 octets, so within a character, too. `isPlain`: it is known to be ASCII. */
export function exactText(octets: string, isPlain = false): string {
  if (isPlain || !BEYOND_ASCII.test(octets)) return octets;
  const bytes = Buffer.from(octets, "latin1");
  try {
    return utf8.decode(bytes);
  } catch {
    return decodeWhatIsUtf8(bytes);
  }
}

function decodeWhatIsUtf8(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes[at] ?? 0);
    const sequence = bytes.subarray(at, at + length);
    const decoded = length === 0 || sequence.length < length ? undefined : tryDecode(sequence);
    text += decoded ?? String.fromCharCode(ESCAPE | (bytes[at] ?? 0));
    at += decoded === undefined ? 1 : length;
  }
  return text;
}

/** Of the UTF-8 sequence that an octet begins; 0 for one that begins none (RFC 3629 §4). */
function sequenceLength(first: number): number {
  if (first < 0x80) return 1;
  if (first < 0xc2) return 0;
  if (first < 0xe0) return 2;
  if (first < 0xf0) return 3;
  return first < 0xf5 ? 4 : 0;
}

function tryDecode(sequence: Uint8Array): string | undefined {
  try {
    return utf8.decode(sequence);
  } catch {
    return undefined;
  }
}
