// Runs the command line as a person would, as a process of its own: for tests, which may be root or not.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { VerdictDocument } from "../verdict/document-schema.ts";

export const LAUNCHER = fileURLToPath(new URL("../launch.mjs", import.meta.url));
const TIME_LIMIT_MS = 120_000;

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command line, started as npm starts it. */
export const runProcess = (words: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Ended> =>
  runCommand(process.execPath, [LAUNCHER, ...words], environment);

export function runCommand(
  command: string,
  words: readonly string[],
  environment: NodeJS.ProcessEnv = {},
  { timeLimit = TIME_LIMIT_MS, signal }: { readonly timeLimit?: number; readonly signal?: AbortSignal } = {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, words, {
      stdio: ["ignore", "pipe", "pipe"],
      timeout: timeLimit,
      env: { ...process.env, ...environment },
    });
    // As Ctrl-C would: it writes down what it has, and ends by itself.
    const interrupt = () => child.kill("SIGINT");
    signal?.addEventListener("abort", interrupt);
    child.once("close", () => signal?.removeEventListener("abort", interrupt));
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (text) => {
      stdout += text;
    });
    child.stderr.on("data", (text) => {
      stderr += text;
    });
    child.once("error", reject);
    child.once("close", (status) => resolve({ status, stdout, stderr }));
  });
}

/** A folder for one test's results, gone afterwards. */
export function temporaryFolder(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), "tcp-lab-test-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** Runs a lab into `out` and gives its verdict document. Fails loudly when there is none. */
export async function runLabProcess(lab: string, out: string, more: readonly string[] = []) {
  const ended = await runProcess([lab, "--json", "--out", out, ...more]);
  if (ended.status === null || ended.status > 2) throw new Error(`lab ${lab}: status ${ended.status}: ${ended.stderr}`);
  return { ...ended, verdict: JSON.parse(ended.stdout) as VerdictDocument };
}

/** Why labs that hold segments cannot be tested here; undefined where they can. */
export async function whyNoNamespace(): Promise<string | undefined> {
  using folder = temporaryFolder();
  const { verdict, environment } = await probe(folder.path);
  return verdict.capabilities.includes("hold") ? undefined : `this machine cannot hold segments: ${environment}`;
}

async function probe(out: string) {
  const { verdict } = await runLabProcess("./labs/control/wrong-state.ts", out);
  const because = verdict.claims.find(({ verdict: of }) => of === "unsupported")?.because.join("; ");
  return { verdict, environment: because ?? "" };
}
