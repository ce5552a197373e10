// The options of a lab run: their words, what each may be, and their groups in --help.

import { type Command, InvalidArgumentError, Option } from "commander";
import { closest } from "../../closest.ts";
import { PERSON_NAME } from "../../evidence/personal-alphabet.ts";
import { WITNESS_NAMES, WITNESSES, type WitnessName } from "../../evidence/witnesses.ts";
import { UsageError } from "../../fault.ts";
import type { RunOptions } from "../../run/run-options.ts";

export interface CommandLineOptions extends Omit<RunOptions, "sysctls"> {
  readonly sysctl: Readonly<Record<string, string>>;
}

export function addRunOptions(command: Command): Command {
  return command
    .optionsGroup("How it is played:")
    .option("--step", "press Enter to hand on the next segment; d drops it, 2 duplicates it, s shows it", false)
    .option("--ipv6", "over ::1 instead of 127.0.0.1", false)
    .option("--quick", "leave out what takes long; the exit status is then 2", false)
    .addOption(
      new Option("--population <n>", "how many TIME_WAITs lab:timewait watches (default: 1000)").argParser(
        readPopulation,
      ),
    )
    .optionsGroup("On which machine, seen by whom:")
    .addOption(
      new Option(
        "--sysctl <k=v>",
        "set a sysctl in every scene that is not about it; the report says where it did not reach (may be repeated)",
      )
        .argParser(readSysctlSetting)
        .default({}, "none"),
    )
    .option("--as-host", "take the host's net.ipv4 sysctls, and not those that every scene rests on", false)
    .option(
      "--host",
      "no private namespace: only what an ordinary user can see; only our own segments are recorded",
      false,
    )
    .addOption(
      new Option("--without <witness>", `leave a witness out (may be repeated): ${OPTIONAL.join(", ")}`)
        .argParser(readWitness)
        .default([], "none"),
    )
    .optionsGroup("What comes out:")
    .option("--json", "print the verdict document alone (npm run -s lab -- handshake --json)", false)
    .option("--out <dir>", "folder that runs are put into", "results")
    .option("--quiet", "print nothing but faults", false)
    .optionsGroup("For a class:")
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
    .option("--worksheet", "print the lab sheet's questions; the reports then leave the answers to you", false);
}

/** What `all` hands on to each lab. A UsageError for what is one lab's alone. */
export function wordsFor(options: CommandLineOptions): readonly string[] {
  const { student, nonce, without, sysctl, population } = options;
  const alone = (["step", "json"] as const).find((name) => options[name]);
  if (alone !== undefined) throw new UsageError(`all: --${alone} is for one lab: npm run lab -- <lab> --${alone}`);
  const flags = (["ipv6", "host", "asHost", "quick", "worksheet"] as const).filter((name) => options[name]);
  return [
    ...flags.map((name) => `--${name.replace("asHost", "as-host")}`),
    ...without.flatMap((witness) => ["--without", witness]),
    ...Object.entries(sysctl).flatMap(([name, value]) => ["--sysctl", `${name}=${value}`]),
    ...(student === undefined ? [] : ["--student", student]),
    ...(nonce === undefined ? [] : ["--nonce", nonce]),
    ...(population === undefined ? [] : ["--population", String(population)]),
  ];
}

function readName(text: string): string {
  if (!PERSON_NAME.test(text))
    throw new InvalidArgumentError("must be 1 to 64 letters, digits, dots, underscores or hyphens");
  return text;
}

function readPopulation(text: string): number {
  const entries = Number(text);
  if (!/^\d{1,9}$/.test(text) || entries === 0) throw new InvalidArgumentError("must be a number of entries, from 1");
  return entries;
}

/** Of the others there are always lines: the tape with its proof that it is complete, and what a user call returned. */
const OPTIONAL = WITNESS_NAMES.filter((name) => WITNESSES[name].leaveOut);

function readWitness(text: string, before: readonly WitnessName[]): readonly WitnessName[] {
  const found = OPTIONAL.find((name) => name === text);
  if (found !== undefined) return [...before, found];
  if (WITNESS_NAMES.some((name) => name === text)) throw new InvalidArgumentError(`a run rests on ${text}`);
  const nearest = closest(text, OPTIONAL);
  throw new InvalidArgumentError(
    nearest === undefined ? `those that can be left out are ${OPTIONAL.join(", ")}` : `did you mean "${nearest}"?`,
  );
}

function readSysctlSetting(text: string, before: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const [, name, value] = /^([a-z0-9_.]+)=(.*)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new InvalidArgumentError("must be like net.ipv4.tcp_ecn=1");
  return { ...before, [name]: value };
}
