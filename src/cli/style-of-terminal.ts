// What standard output is, or standard error: how wide, and whether it takes colours.

import type { TerminalStyle } from "../report/terminal/style.ts";

const DEFAULT_COLUMNS = 100;

export const styleOfTerminal = (stream: NodeJS.WriteStream = process.stdout): TerminalStyle => ({
  colour: stream.isTTY === true && process.env.NO_COLOR === undefined,
  columns: stream.columns ?? DEFAULT_COLUMNS,
});
