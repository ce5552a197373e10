// Where the results of judging go: the terminal, standard output, and the files that graders take.

import { closeSync, openSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import { UsageError } from "../../fault.ts";
import type { GradeFormat } from "../../handed-in/grade/format.ts";
import type { Rubric } from "../../handed-in/grade/rubric.ts";
import { isRefusal, type Judged, type LabLoader } from "../../handed-in/judge-bundle.ts";
import type { SharedEvidence } from "../../handed-in/shared-evidence.ts";
import { styleOfTerminal } from "../style-of-terminal.ts";

export interface GradeOutputs {
  /** One JSON document on standard output, in the table's stead. */
  readonly json: boolean;
  /** The verdict documents alone: of one run, its verdict.json. */
  readonly verdict: boolean;
  readonly junit?: string;
  readonly tap?: string;
  readonly csv?: string;
  readonly gradescope?: string;
  readonly rubric?: string;
}

export interface OpenOutputs {
  add(judged: Judged): void | Promise<void>;
  end(sharing: readonly SharedEvidence[]): void | Promise<void>;
}

/** Opens every file before anything is judged: an unwritable one is a UsageError then, not after an hour. */
export async function openOutputs(options: GradeOutputs, loadLab: LabLoader): Promise<OpenOutputs> {
  const rubric = options.rubric === undefined ? undefined : await loadRubric(options.rubric, loadLab);
  const outputs: OpenOutputs[] = [await standardOutput(options)];
  if (options.junit !== undefined)
    outputs.push(intoFile(options.junit, (await import("../../handed-in/grade/junit.ts")).junitFormat()));
  if (options.tap !== undefined)
    outputs.push(intoFile(options.tap, (await import("../../handed-in/grade/tap.ts")).tapFormat()));
  if (options.csv !== undefined)
    outputs.push(intoFile(options.csv, (await import("../../handed-in/grade/csv.ts")).csvFormat(rubric)));
  if (options.gradescope !== undefined) outputs.push(await gradescopeFile(options.gradescope, rubric));
  return {
    async add(judged) {
      for (const output of outputs) await output.add(judged);
    },
    async end(sharing) {
      for (const output of outputs) await output.end(sharing);
    },
  };
}

async function loadRubric(path: string, loadLab: LabLoader): Promise<Rubric> {
  const { checkRubric, readRubric } = await import("../../handed-in/grade/rubric.ts");
  const rubric = readRubric(readTextFile(path), path);
  for (const [lab, own] of Object.entries(rubric.labs)) checkRubric(lab, own, (await loadLab(lab)).claims);
  return rubric;
}

function readTextFile(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`rubric: reading ${path}: ${code}: "npm run -s judge -- --rubric-for <lab>" prints one`);
  }
}

async function standardOutput({ json, verdict }: GradeOutputs): Promise<OpenOutputs> {
  if (verdict)
    return {
      add: (judged) =>
        isRefusal(judged)
          ? void process.stderr.write(`evidence: ${judged.name}: ${judged.refused}\n`)
          : print(`${JSON.stringify(judged.verdict, null, 2)}\n`),
      end: () => {},
    };
  if (json) {
    const { classJson } = await import("../../handed-in/grade/class-json.ts");
    const document = classJson();
    await print(document.begin);
    return { add: (judged) => print(document.add(judged)), end: (sharing) => print(document.end(sharing)) };
  }
  const { ClassTable } = await import("../../handed-in/grade/class-table.ts");
  const table = new ClassTable();
  return { add: (judged) => table.add(judged), end: (sharing) => print(table.format(sharing, styleOfTerminal())) };
}

/** Waits for a slow reader, so that a class does not pile up in memory; one that has gone away (| head) is not waited for. */
export function print(text: string): Promise<void> {
  return new Promise((resolve, reject) =>
    process.stdout.write(text, (error) => {
      if (error && (error as NodeJS.ErrnoException).code !== "EPIPE") reject(error);
      else resolve();
    }),
  );
}

/** Written beside its place and moved there at the end: a grade book that exists is whole. */
function intoFile(path: string, format: GradeFormat): OpenOutputs {
  const file = openFile(path);
  file.write(format.begin);
  return {
    add: (judged) => file.write(format.add(judged)),
    end: () => {
      file.write(format.end());
      file.finish();
    },
  };
}

async function gradescopeFile(path: string, rubric: Rubric | undefined): Promise<OpenOutputs> {
  const { gradescopeResults } = await import("../../handed-in/grade/gradescope.ts");
  const file = openFile(path);
  const submission: Judged[] = [];
  return {
    add: (judged) => void submission.push(judged),
    end: () => {
      file.write(`${JSON.stringify(gradescopeResults(submission, rubric), null, 2)}\n`);
      file.finish();
    },
  };
}

function openFile(path: string) {
  const unfinished = `${path}.unfinished-${process.pid}`;
  let begun = false;
  const attempt = <T>(write: () => T): T => {
    try {
      return write();
    } catch (error) {
      if (begun) rmSync(unfinished, { force: true });
      throw new UsageError(`judge: writing ${path}: ${(error as NodeJS.ErrnoException).code}: choose another file`);
    }
  };
  const descriptor = attempt(() => openSync(unfinished, "w"));
  begun = true;
  process.once("exit", () => rmSync(unfinished, { force: true }));
  return {
    write: (text: string) => void attempt(() => writeSync(descriptor, text)),
    finish: () =>
      attempt(() => {
        closeSync(descriptor);
        renameSync(unfinished, path);
      }),
  };
}
