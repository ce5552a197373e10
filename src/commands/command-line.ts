// The command line: where words become calls. Every command's module is loaded only when it is asked for.

import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { closest } from "../closest.ts";
import { WITNESSES, type WitnessName } from "../evidence/timeline.ts";
import { UsageError } from "../fault.ts";
import type { RunOptions } from "../run-options.ts";
import { labNames } from "./find-lab.ts";
import { addInspect } from "./inspect-command.ts";
import { addJudge } from "./judge-command.ts";

const EXIT_FAULT = 3;

/** The exit status: 0 to 2 from verdicts, 3 where there is none. */
export async function main(words: readonly string[]): Promise<number> {
  if (process.env.TCP_LAB_LAUNCHER !== undefined) {
    const { dieWithParent } = await import("../kernel/parent-death.ts");
    dieWithParent(Number(process.env.TCP_LAB_LAUNCHER));
  }
  try {
    return await dispatch(words);
  } catch (error) {
    return complain(error);
  }
}

async function dispatch(words: readonly string[]): Promise<number> {
  let status = 0;
  const program = new Command("tcp-loopback-lab")
    .description("A single-step debugger for the TCP state machine of the running kernel, and the labs built on it.")
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .showHelpAfterError(false)
    .addHelpText("after", HELP);
  program
    .command("run", { isDefault: true, hidden: true })
    .argument("[lab]", "a lab's name, or the path of a lab file of your own")
    .description("runs a lab")
    .exitOverride()
    .configureOutput({ outputError: () => {} });
  const run = program.commands[0] as Command;
  addRunOptions(run).action(async (lab: string | undefined, options: CommandLineOptions) => {
    status = lab === undefined ? await listLabs() : await runNamed(lab, options);
  });
  addRunOptions(program.command("all"))
    .description("runs every lab; the minute of TIME_WAIT overlaps the rest")
    .exitOverride()
    .action(async (options: CommandLineOptions) => {
      const { runAll } = await import("./all.ts");
      status = await runAll({ out: options.out, quiet: options.quiet, words: wordsFor(options) });
    });
  addJudge(program, (judged) => {
    status = judged;
  });
  addInspect(program, (inspected) => {
    status = inspected;
  });
  program
    .command("diff")
    .argument("<a>", "a run's folder or a .zip of it")
    .argument("<b>", "another")
    .description("what differs between two runs: claims, segments, sysctls; status 0 nothing, 1 something, as diff(1)")
    .option("--json", "the same as one JSON document", false)
    .exitOverride()
    .action(async (a: string, b: string, options: { readonly json: boolean }) => {
      const { diffRuns } = await import("./diff.ts");
      status = await diffRuns(a, b, options);
    });
  program
    .command("doctor")
    .description("what this machine can show, what is missing, and the command that mends it")
    .exitOverride()
    .action(async () => {
      const { doctor } = await import("./doctor.ts");
      status = await doctor((line) => process.stdout.write(`${line}\n`));
    });
  program
    .command("bench")
    .argument("[figure...]", "which of them; all where none is named")
    .description("measures speeds as ratios, in one run")
    .exitOverride()
    .action(async (figures: readonly string[]) => {
      const { bench } = await import("../bench/bench.ts");
      status = await bench(figures, (line) => process.stdout.write(`${line}\n`));
    });
  program
    .command("init")
    .argument("<file>", "the file to write, like my-lab.ts")
    .description("writes a documented lab of your own, to be changed and run")
    .exitOverride()
    .action(async (file: string) => {
      const { init } = await import("./init.ts");
      status = init(file);
    });
  await program.parseAsync([...words], { from: "user" });
  return status;
}

interface CommandLineOptions extends Omit<RunOptions, "sysctls"> {
  readonly sysctl: Readonly<Record<string, string>>;
}

function addRunOptions(command: Command): Command {
  return command
    .option("--json", "print the verdict document alone (npm run -s lab -- handshake --json)", false)
    .option("--out <dir>", "folder that runs are put into", "results")
    .addOption(
      new Option("--student <id>", "stamped into report, capture and payload: letters, digits, . _ -").argParser(
        readName,
      ),
    )
    .addOption(
      new Option("--nonce <word>", "a word handed out by the instructor on the day, stamped likewise").argParser(
        readName,
      ),
    )
    .option("--ipv6", "over ::1 instead of 127.0.0.1", false)
    .option(
      "--host",
      "no private namespace: only what an ordinary user can see; only our own segments are recorded",
      false,
    )
    .addOption(
      new Option("--without <witness>", "leave a witness out (may be repeated)")
        .argParser(readWitness)
        .default([], "none"),
    )
    .addOption(
      new Option("--sysctl <k=v>", "set a sysctl in the private namespace (may be repeated)")
        .argParser(readSysctlSetting)
        .default({}, "none"),
    )
    .option("--as-host", "copy the host's net.ipv4 sysctls into the private namespace", false)
    .option("--worksheet", "print the lab sheet's questions; the reports then leave the answers to you", false)
    .option("--step", "press Enter to hand on the next segment", false)
    .addOption(
      new Option("--population <n>", "how many TIME_WAITs lab:timewait watches (default: 1000)").argParser(
        readPopulation,
      ),
    )
    .option("--quick", "leave out what takes long; the exit status is then 2", false)
    .option("--quiet", "print nothing but faults", false);
}

async function runNamed(lab: string, { sysctl, ...options }: CommandLineOptions): Promise<number> {
  const { runLab } = await import("./run.ts");
  return runLab(lab, { ...options, sysctls: sysctl });
}

/** What `all` hands on to each lab. */
function wordsFor(options: CommandLineOptions): readonly string[] {
  const { student, nonce, without, sysctl, population } = options;
  const flags = (["ipv6", "host", "asHost", "quick"] as const).filter((name) => options[name]);
  return [
    ...flags.map((name) => `--${name.replace("asHost", "as-host")}`),
    ...without.flatMap((witness) => ["--without", witness]),
    ...Object.entries(sysctl).flatMap(([name, value]) => ["--sysctl", `${name}=${value}`]),
    ...(student === undefined ? [] : ["--student", student]),
    ...(nonce === undefined ? [] : ["--nonce", nonce]),
    ...(population === undefined ? [] : ["--population", String(population)]),
  ];
}

async function listLabs(): Promise<number> {
  const { findLab } = await import("./find-lab.ts");
  process.stdout.write("The labs; run one with: npm run lab -- <lab>\n\n");
  for (const name of labNames()) process.stdout.write(`  ${name.padEnd(12)} ${(await findLab(name)).question}\n`);
  process.stdout.write("\nNone was selected.\n");
  return EXIT_FAULT;
}

/** A student id or a nonce: nothing that a report, a file name or a spreadsheet could take for more than a word. */
const NAME = /^[A-Za-z0-9._-]{1,64}$/;

function readName(text: string): string {
  if (!NAME.test(text)) throw new InvalidArgumentError("must be 1 to 64 letters, digits, dots, underscores or hyphens");
  return text;
}

function readPopulation(text: string): number {
  const entries = Number(text);
  if (!/^\d{1,9}$/.test(text) || entries === 0) throw new InvalidArgumentError("must be a number of entries, from 1");
  return entries;
}

function readWitness(text: string, before: readonly WitnessName[]): readonly WitnessName[] {
  const found = WITNESSES.find((name) => name === text);
  if (found !== undefined) return [...before, found];
  const nearest = closest(text, WITNESSES);
  throw new InvalidArgumentError(
    nearest === undefined ? `the witnesses are ${WITNESSES.join(", ")}` : `did you mean "${nearest}"?`,
  );
}

function readSysctlSetting(text: string, before: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const [, name, value] = /^([a-z0-9_.]+)=(.*)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new InvalidArgumentError("must be like net.ipv4.tcp_ecn=1");
  return { ...before, [name]: value };
}

function complain(error: unknown): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    process.stderr.write(`${error.message.replace(/^error: /, "command line: ")}: see "npm run lab -- --help"\n`);
  } else if (error instanceof Error && isOurs(error)) process.stderr.write(`${error.message}\n`);
  else process.stderr.write(`harness: ${error instanceof Error ? error.stack : String(error)}\n`);
  return EXIT_FAULT;
}

const OWN_FAULTS = [
  "HarnessError",
  "LabError",
  "UsageError",
  "WitnessError",
  "KernelError",
  "EvidenceError",
  "PcapngError",
];

const isOurs = (error: Error): boolean => error instanceof UsageError || OWN_FAULTS.includes(error.name);

const HELP = `
Labs are run by name: npm run lab -- handshake     (npm run lab lists them)
Every segment is held on the wire until the lab hands it on; both ends are read while the world stands still.
A run leaves results/<lab>/<time>-<id>/ with report.md, verdict.json, timeline.jsonl, capture.pcapng, environment.json.

Exit status: 0 all as expected; 1 a surprise, or witnesses that disagree; 2 something stayed open or was cut short;
3 no verdict, because the harness, the usage or the machine's set-up is at fault.
`;
