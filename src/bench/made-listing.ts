// Writes long listings, row by row, as a busy server's tools would print them.

import { closeSync, openSync, writeSync } from "node:fs";

export type MadeDialect = "ss" | "procfs";

const ROWS_AT_ONCE = 10_000;
const HEADS: Readonly<Record<MadeDialect, string>> = {
  ss: "State      Recv-Q Send-Q         Local Address:Port             Peer Address:Port Process\n",
  procfs: "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n",
};

/** Every row is of another connection. */
export function writeListing(dialect: MadeDialect, rows: number, path: string): void {
  const file = openSync(path, "w");
  writeSync(file, HEADS[dialect]);
  for (let first = 0; first < rows; first += ROWS_AT_ONCE) {
    const count = Math.min(ROWS_AT_ONCE, rows - first);
    writeSync(file, Array.from({ length: count }, (_, index) => ROW[dialect](first + index)).join(""));
  }
  closeSync(file);
}

const peer = (index: number) => [10, (index >>> 16) & 0xff, (index >>> 8) & 0xff, index & 0xff] as const;
const portOf = (index: number): number => 1024 + (index % 60_000);
const hex = (value: number, digits: number): string => value.toString(16).toUpperCase().padStart(digits, "0");

const SS_STATES = [
  ["ESTAB", "timer:(keepalive,119min,0)"],
  ["TIME-WAIT", "timer:(timewait,59sec,0)"],
  ["TIME-WAIT", "timer:(timewait,9.373sec,0)"],
  ["FIN-WAIT-2", "timer:(timewait,4.120sec,0)"],
  ["CLOSE-WAIT", ""],
] as const;

const ROW: Readonly<Record<MadeDialect, (index: number) => string>> = {
  ss(index) {
    const [state, timer] = SS_STATES[index % SS_STATES.length] ?? SS_STATES[0];
    const ends = `${"127.0.0.1:8080".padStart(26)} ${`${peer(index).join(".")}:${portOf(index)}`.padStart(26)}`;
    return `${state.padEnd(10)} 0      0      ${ends} ${timer}\n`;
  },
  procfs(index) {
    const end = `${[...peer(index)]
      .reverse()
      .map((octet) => hex(octet, 2))
      .join("")}:${hex(portOf(index), 4)}`;
    const rest =
      index % 2 === 0
        ? `01 00000000:00000000 02:000004BC 00000000   114        0 ${100_000 + index} 2 0000000000000000 20 4 31 10 -1`
        : "06 00000000:00000000 03:00001173 00000000     0        0 0 3 0000000000000000";
    return `${`${String(index).padStart(4)}: 0100007F:1F90 ${end} ${rest}`.padEnd(149)}\n`;
  },
};
