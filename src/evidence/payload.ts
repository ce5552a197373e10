// What the ends send: texts, or so many octets of a pattern whose every place can be recognised.

const PATTERN = new TextEncoder().encode("abcdefghijklmnopqrstuvwxyz");
const SHORT = 40;

export function payloadOf(data: string | number): Uint8Array {
  if (typeof data === "string") return new TextEncoder().encode(data);
  const payload = new Uint8Array(data);
  payload.set(PATTERN.subarray(0, data));
  // What is there is put behind itself until it is full.
  for (let filled = PATTERN.length; filled < data; filled *= 2) payload.copyWithin(filled, 0, filled);
  return payload;
}

/** A short text in quotation marks, else its length; nothing at all is the end of the stream. */
export function formatPayload(payload: Uint8Array): string {
  if (payload.length === 0) return "end of stream";
  const text = new TextDecoder("latin1").decode(payload);
  return payload.length <= SHORT && /^[\x20-\x7e]+$/.test(text) ? JSON.stringify(text) : `${payload.length} octets`;
}

/** As an end's step tells of its write, by the name of the text or by the number of octets of the pattern. */
const WRITTEN = / writes (?:urgent )?(?:("(?:[^"\\]|\\.)*")|(\d+) octets)/;

/**
 * What a step's sentence says was written, as spellPayload() spelled it; undefined: it tells of no write, or of one of more than
 * `most` octets, which are not made up.
 */
export function writtenIn(sentence: string, most = Infinity): Uint8Array | undefined {
  const [, text, octets] = WRITTEN.exec(sentence) ?? [];
  if (text !== undefined) return payloadOfText(text);
  return octets === undefined || Number(octets) > most ? undefined : payloadOf(Number(octets));
}

function payloadOfText(quoted: string): Uint8Array | undefined {
  try {
    return payloadOf(String(JSON.parse(quoted)));
  } catch {
    return undefined;
  }
}
