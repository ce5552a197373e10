// Runs a tool that lists sockets, within a time limit and in the C locale, for the witnesses that are one.

import { type ChildProcess, type ExecFileException, execFile } from "node:child_process";
import { type Tool, WITNESSES } from "../evidence/witnesses.ts";
import { WitnessError } from "../fault.ts";
import type { Visitable } from "../kernel/network-namespace.ts";
import { pathOf } from "./tools.ts";

const TIME_LIMIT_MS = 5000;
const OUTPUT_LIMIT = 64 << 20;

const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** Its standard output, of the sockets in `place`; a WitnessError when it is missing, hangs, dies or complains. */
export function runListing(place: Visitable, tool: Tool, options: readonly string[]): Promise<Buffer> {
  const program = pathOf(tool) ?? tool;
  return new Promise((resolve, reject) => {
    const settings = {
      encoding: "buffer",
      timeout: TIME_LIMIT_MS,
      killSignal: "SIGKILL",
      maxBuffer: OUTPUT_LIMIT,
      env: { ...process.env, LC_ALL: "C" },
    } as const;
    const told = (error: ExecFileException | null, stdout: Buffer, stderr: Buffer) => {
      const command = [tool, ...options].join(" ");
      if (error === null) resolve(stdout);
      else {
        const text = `${tool}: ran "${command}": ${describe(error, stderr, WITNESSES[tool].tool.debianPackage)}`;
        reject(new WitnessError(text, { hung: error.killed === true }));
      }
    };
    const child = place.inside(() => execFile(program, options, settings, told));
    running.add(child);
    child.once("exit", () => running.delete(child));
    child.stdin?.end();
  });
}

function describe(error: ExecFileException, stderr: Buffer, debianPackage: string): string {
  if (error.code === "ENOENT") return `not found: install it with "apt-get install ${debianPackage}"`;
  if (error.killed) return `no answer within ${TIME_LIMIT_MS} ms`;
  const complaint = stderr.toString().trim();
  const end = error.signal ? `ended by ${error.signal}` : `exit status ${String(error.code)}`;
  return `${end}${complaint === "" ? "" : `: ${complaint}`}`;
}
