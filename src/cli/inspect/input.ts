// Where inspect's text comes from: a file, standard input, or a program that lists this machine's sockets.

import { spawn } from "node:child_process";
import { createReadStream, existsSync } from "node:fs";
import { UsageError } from "../../fault.ts";
import { pathOf } from "../../witness/tools.ts";
import { ANY_FORMAT } from "./told-formats.ts";

export interface Input {
  /** As messages name it. */
  readonly name: string;
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** Standard input that is a terminal has nothing to say: then this machine is asked. */
export function inputOf(file: string | undefined, live: boolean): Input {
  if (file !== undefined) return { name: file, chunks: readFiles([file]) };
  if (live || process.stdin.isTTY) return askMachine();
  return { name: "standard input", chunks: process.stdin };
}

const PROC_FILES = ["/proc/net/tcp", "/proc/net/tcp6"];
/** Numbers for names; all sockets; on Linux timers and owners, too. */
const NETSTAT: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: ["-tanopW"],
  darwin: ["-anvl", "-p", "tcp"],
  win32: ["-ano"],
};

function askMachine(): Input {
  const files = PROC_FILES.filter((file) => existsSync(file));
  const ss = process.platform === "linux" ? pathOf("ss") : undefined;
  const input =
    ss !== undefined
      ? { name: "ss -Htanoep", chunks: run(ss, ["-Htanoep"]) }
      : files.length > 0
        ? { name: files.join(" and "), chunks: readFiles(files) }
        : askNetstat();
  process.stderr.write(`inspect: this machine's sockets, by ${input.name}\n`);
  return input;
}

function askNetstat(): Input {
  const options = NETSTAT[process.platform] ?? ["-an"];
  return { name: `netstat ${options.join(" ")}`, chunks: run(pathOf("netstat") ?? "netstat", options) };
}

async function* readFiles(files: readonly string[]): AsyncIterable<Uint8Array> {
  for (const file of files)
    try {
      yield* createReadStream(file) as AsyncIterable<Uint8Array>;
    } catch (error) {
      const { code = String(error) } = error as NodeJS.ErrnoException;
      throw new UsageError(`inspect: reading ${file}: ${code}: give a file that ${ANY_FORMAT} was saved to`);
    }
}

/** Its standard output. A UsageError when it cannot be run or fails. */
async function* run(program: string, options: readonly string[]): AsyncIterable<Uint8Array> {
  const child = spawn(program, options, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, LC_ALL: "C" },
    windowsHide: true,
  });
  let complaint = "";
  child.stderr.on("data", (text: Buffer) => {
    complaint += text.toString();
  });
  const ended = new Promise<string | undefined>((resolve) => {
    child.on("error", (error: NodeJS.ErrnoException) => resolve(error.code === "ENOENT" ? "not found" : error.message));
    child.on("close", (status) => resolve(status === 0 ? undefined : `exit status ${status}: ${complaint.trim()}`));
  });
  yield* child.stdout as AsyncIterable<Uint8Array>;
  const reason = await ended;
  if (reason !== undefined)
    throw new UsageError(
      `inspect: running "${[program, ...options].join(" ")}": ${reason}: or pipe in what it printed elsewhere`,
    );
}
