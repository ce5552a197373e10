// What the ends send: texts, or so many octets of a pattern whose every place can be recognised.

const PATTERN = new TextEncoder().encode("abcdefghijklmnopqrstuvwxyz");
const SHORT = 40;

export function payloadOf(data: string | number): Uint8Array {
  if (typeof data === "string") return new TextEncoder().encode(data);
  return Uint8Array.from({ length: data }, (_, index) => PATTERN[index % PATTERN.length] ?? 0);
}

/** A short text in quotation marks, else its length; nothing at all is the end of the stream. */
export function spellPayload(payload: Uint8Array): string {
  if (payload.length === 0) return "end of stream";
  const text = new TextDecoder("latin1").decode(payload);
  return payload.length <= SHORT && /^[\x20-\x7e]+$/.test(text) ? JSON.stringify(text) : `${payload.length} octets`;
}

/** As an end's step tells of its write, by the name of the text or by the number of octets of the pattern. */
const WRITTEN = / writes (?:urgent )?(?:("(?:[^"\\]|\\.)*")|(\d+) octets)/;

/** What a step's sentence says was written, as spellPayload() spelled it; undefined: it tells of no write. */
export function writtenIn(sentence: string): Uint8Array | undefined {
  const [, text, octets] = WRITTEN.exec(sentence) ?? [];
  if (text !== undefined) return payloadOf(String(JSON.parse(text)));
  return octets === undefined ? undefined : payloadOf(Number(octets));
}
