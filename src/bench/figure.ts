// What a figure of the benchmark is.

/** Prints one line of a figure. */
export type Write = (line: string) => void;

export interface Figure {
  readonly about: string;
  readonly load: () => Promise<(write: Write) => void | Promise<void>>;
}
