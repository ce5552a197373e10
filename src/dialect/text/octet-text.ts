// A piece of the input in two forms: scanning looks at the octets, in half the time of a string's characters; what is kept is cut from the text.

export interface OctetText {
  readonly octets: Uint8Array;
  /** One character, U+0000 to U+00FF, for each of the octets. */
  readonly text: string;
}

/** Of a text that has one character per octet. */
export const octetText = (text: string): OctetText => ({ octets: Buffer.from(text, "latin1"), text });
