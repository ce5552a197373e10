// Sequence numbers and their arithmetic modulo 2^32 (RFC 9293 §3.4).

declare const sequenceBrand: unique symbol;

/** An unsigned 32-bit number; made by `sequence`, compared by `distance`, never with < or >. */
export type SequenceNumber = number & { readonly [sequenceBrand]: true };

export const sequence = (value: number): SequenceNumber => (value >>> 0) as SequenceNumber;

export const advance = (from: SequenceNumber, octets: number): SequenceNumber => sequence(from + octets);

/** How many octets `to` lies past `from`: -2^31 to 2^31 - 1, negative when it lies before. */
export const distance = (from: SequenceNumber, to: SequenceNumber): number => (to - from) | 0;
