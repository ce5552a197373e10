// Text from outside made fit to be printed: nothing in it can move a cursor, turn the reading direction or break a line.

/** Control characters, line and paragraph separators, and the marks that turn the direction of text. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** One line. White space becomes a space, anything else that cannot be printed becomes U+FFFD. */
export const printable = (text: string): string => text.replace(/\s+/gu, " ").replace(UNPRINTABLE, "\ufffd").trim();

/** A raw line with its spaces kept, since columns stand by them. */
export const verbatim = (text: string): string => text.replace(UNPRINTABLE, "\ufffd");
