// Instants as lines have them: seconds and nine decimals, "1795332041.017212600".

const nanoseconds = (at: string): bigint => BigInt(at.replace(".", ""));

export const nanosecondsBetween = (from: string, to: string): bigint => nanoseconds(to) - nanoseconds(from);

export const millisecondsBetween = (from: string, to: string): number => Number(nanosecondsBetween(from, to)) / 1e6;
