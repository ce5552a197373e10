// What standard output is: how wide, and whether it takes colours.

import type { TerminalStyle } from "../report/terminal-style.ts";

const DEFAULT_COLUMNS = 100;

export const styleOfTerminal = (): TerminalStyle => ({
  colour: process.stdout.isTTY === true && process.env.NO_COLOR === undefined,
  columns: process.stdout.columns ?? DEFAULT_COLUMNS,
});
