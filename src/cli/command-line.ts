// The command line: where words become calls. Every command's module is loaded only when it is asked for.

import { Command, CommanderError } from "commander";
import type { COMMANDS } from "./commands.mjs";
import { addDiff } from "./diff/command.ts";
import { formatLabs, helpOnLabs, VERSION } from "./help.ts";
import { addInspect } from "./inspect/command.ts";
import { addJudge } from "./judge/command.ts";
import { addRunOptions, type CommandLineOptions, wordsFor } from "./run/lab-options.ts";

const EXIT_FAULT = 3;

/** The exit status: 0 to 2 from verdicts, 3 where there is none. */
export async function main(words: readonly string[]): Promise<number> {
  if (process.env.TCP_LAB_LAUNCHER !== undefined) {
    const { dieWithParent } = await import("../kernel/own-process.ts");
    dieWithParent(Number(process.env.TCP_LAB_LAUNCHER));
  }
  // A reader that has gone away (| head) is no fault: what else there is to write is written, and the status stays.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  try {
    return await dispatch(words);
  } catch (error) {
    return complain(error);
  }
}

type Done = (status: number) => void;

/** In the order of --help. */
const ADD: Readonly<Record<keyof typeof COMMANDS, (program: Command, done: Done) => void>> = {
  run: addRun,
  all: addAll,
  judge: addJudge,
  inspect: addInspect,
  diff: addDiff,
  doctor: addDoctor,
  bench: addBench,
  init: addInit,
};

async function dispatch(words: readonly string[]): Promise<number> {
  let status = 0;
  const program: Command = new Command("tcp-loopback-lab")
    .description("A single-step debugger for the TCP state machine of the running kernel, and the labs built on it.")
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .showHelpAfterError(false)
    .version(VERSION, "-V, --version", "print the version of this program")
    .addHelpText("after", () => helpOnLabs(program.commands[0] as Command));
  for (const add of Object.values(ADD))
    add(program, (done) => {
      status = done;
    });
  await program.parseAsync([...words], { from: "user" });
  return status;
}

/** The first: --help tells its options as those of a lab. */
function addRun(program: Command, done: Done): void {
  const run = program
    .command("run", { isDefault: true, hidden: true })
    .argument("[lab]", "a lab's name, or the path of a lab file of your own")
    .description("runs a lab");
  addRunOptions(run).action(async (lab: string | undefined, options: CommandLineOptions) =>
    done(lab === undefined ? await listLabs() : await runNamed(lab, options)),
  );
}

function addAll(program: Command, done: Done): void {
  addRunOptions(program.command("all"))
    .description("runs every lab; the minute of TIME_WAIT overlaps the rest")
    .action(async (options: CommandLineOptions) => {
      const { runAll } = await import("./all.ts");
      done(await runAll({ out: options.out, quiet: options.quiet, words: wordsFor(options) }));
    });
}

function addDoctor(program: Command, done: Done): void {
  program
    .command("doctor")
    .description("what this machine can show, what is missing, and the command that mends it")
    .action(async () => {
      const { doctor } = await import("./doctor.ts");
      done(await doctor((line) => process.stdout.write(`${line}\n`)));
    });
}

function addBench(program: Command, done: Done): void {
  program
    .command("bench")
    .argument("[figure...]", "which of them; all where none is named")
    .description("measures speeds as ratios, in one run")
    .action(async (figures: readonly string[]) => {
      const { bench } = await import("../bench/bench.ts");
      done(await bench(figures, (line) => process.stdout.write(`${line}\n`)));
    });
}

function addInit(program: Command, done: Done): void {
  program
    .command("init")
    .argument("<file>", "the file to write, like my-lab.ts")
    .description("writes a documented lab of your own, to be changed and run")
    .action(async (file: string) => {
      const { init } = await import("./init.ts");
      done(init(file));
    });
}

async function runNamed(lab: string, { sysctl, ...options }: CommandLineOptions): Promise<number> {
  const { runLab } = await import("./run/run.ts");
  return runLab(lab, { ...options, sysctls: sysctl });
}

async function listLabs(): Promise<number> {
  process.stdout.write(`The labs; run one with: npm run lab -- <lab>\n\n${await formatLabs()}\n\nNone was selected.\n`);
  return EXIT_FAULT;
}

/** Rethrows what is no fault of ours to tell: the launcher does, who may meet it before there is a command line. */
function complain(error: unknown): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    const sentence = error.message.replace(/^error: /, "command line: ").replaceAll("\n", " ");
    process.stderr.write(`${sentence}: see "npm run lab -- --help"\n`);
  } else if (error instanceof Error && isOurs(error)) process.stderr.write(`${error.message}\n`);
  else throw error;
  return EXIT_FAULT;
}

/** By their names: the modules that define them load koffi or zod. */
const OWN_FAULTS = [
  "HarnessError",
  "LabError",
  "UsageError",
  "WitnessError",
  "KernelError",
  "EvidenceError",
  "PcapngError",
];

const isOurs = ({ name }: Error): boolean => OWN_FAULTS.includes(name);
