// Machines that allow less than this one, made for real: an ordinary user in namespaces that a root of ours has changed before.

import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Ended, LAUNCHER, runCommand, temporaryFolder } from "./lab-process.ts";

const REFUSE_CALL = fileURLToPath(new URL("refuse-call.mjs", import.meta.url));
/** The user "nobody". */
const NOBODY = 65534;
/**
 * Whatever namespaces call a user: to the kernel that of a root would be root, to whom tracefs and /proc/sys belong. Started
 * by root, the user is another from the beginning.
 */
const AS_ANOTHER =
  process.getuid?.() === 0
    ? [whereIs("setpriv"), `--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups", "--"]
    : [];
const OWN_NAMESPACE = ["--user", "--map-root-user", "--mount", "--"];
/** An ordinary user, who still has every capability over the namespace it comes with. */
const ORDINARY_USER = ["--user", "--map-user=1000", "--map-group=1000", "--keep-caps", "--"];
const POWERLESS = "setpriv --ambient-caps=-all --inh-caps=-all --bounding-set=-all --";
const ONLY_RAW = POWERLESS.replaceAll("=-all", "=-all,+net_raw");

interface Machine {
  /** A shell script, run as root of the user and mount namespace. */
  readonly asRoot?: string;
  /** A shell script, run as the ordinary user before the capabilities are gone. */
  readonly asUser?: string;
  /** The user has a network to themselves, and CAP_NET_RAW over it. */
  readonly raw?: boolean;
}

/** Why such machines cannot be made here, or their user not be shown this project; undefined where they can. */
export function whyNoSimulation(): string | undefined {
  const reads = ["sh", "-ec", 'cd "$1"; exec head -c 0 "$2" "$3"', "sh", tmpdir(), LAUNCHER, process.execPath];
  const why = whyRefused(commandOnMachine({}, reads));
  return why === undefined ? undefined : `this machine cannot be made a lesser one: ${why}`;
}

/** Why nobody may trace here; undefined for real root, on a machine that has tracefs. */
export function whyNoTracefs(): string | undefined {
  const why = whyRefused(["unshare", ...WITH_TRACEFS, "true"]);
  return why === undefined ? undefined : `tracefs cannot be mounted here: ${why}`;
}

function whyRefused([command, ...words]: readonly [string, ...string[]]): string | undefined {
  const { error, status, stderr } = spawnSync(command, words, { encoding: "utf8" });
  if (error !== undefined) return error.message;
  return status === 0 ? undefined : stderr.trim();
}

/** A folder for one test's results that the user of such a machine may write to. */
export function usersFolder(): ReturnType<typeof temporaryFolder> {
  const folder = temporaryFolder();
  if (AS_ANOTHER.length > 0) chownSync(folder.path, NOBODY, NOBODY);
  return folder;
}

/** The command line as an ordinary user of such a machine. */
export function runOnMachine(
  machine: Machine,
  words: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<Ended> {
  const [command, ...more] = commandOnMachine(machine, [process.execPath, LAUNCHER, ...words]);
  return runCommand(command, more, environment);
}

/** As every systemd distribution has it, in a mount namespace that is gone afterwards. */
const WITH_TRACEFS = [
  "--mount",
  "sh",
  "-ec",
  'test -d /sys/kernel/tracing/instances || mount -t tracefs tracefs /sys/kernel/tracing; exec "$@"',
  "sh",
];

/** The command line as real root who may trace, under a seccomp filter that refuses unshare(2). */
export const runTracedWithoutNamespace = (words: readonly string[]): Promise<Ended> =>
  runCommand("unshare", [
    ...WITH_TRACEFS,
    ...[process.execPath, REFUSE_CALL, "unshare"],
    ...[process.execPath, LAUNCHER, ...words],
  ]);

/** What to start; every step replaces the one before, so that the process started is `words` in the end. */
export function commandOnMachine(
  { asRoot = "", asUser = "", raw = false }: Machine,
  words: readonly string[],
): readonly [string, ...string[]] {
  const [unshare, sh] = [whereIs("unshare"), whereIs("sh")];
  const network = raw ? ["--net"] : [];
  const up = raw ? `${whereIs("ip")} link set lo up\n` : "";
  const priv = `${whereIs("setpriv")}${(raw ? ONLY_RAW : POWERLESS).slice("setpriv".length)}`;
  const inner = [...network, ...ORDINARY_USER, sh, "-ec", `${up}${asUser}\nexec ${priv} "$@"`, sh];
  const outer = [...OWN_NAMESPACE, sh, "-ec", `${asRoot}\nexec "$@"`, sh];
  const [first = unshare, ...more] = [...AS_ANOTHER, unshare, ...outer, unshare, ...inner, ...words];
  return [first, ...more];
}

/** The command line under a seccomp filter that refuses unshare(2), or the filter that holds segments and sorts the tape. */
export const runUnderSeccomp = (refused: "unshare" | "attach-filter", words: readonly string[]): Promise<Ended> =>
  runOnMachine({ asUser: `node=$1; shift; set -- "$node" ${REFUSE_CALL} ${refused} "$node" "$@"` }, words);

/** A folder for PATH with these programs and no others; a string is a shell script, `true` the machine's own. */
export function makePath(folder: string, programs: Readonly<Record<string, string | true>>): string {
  const path = join(folder, "bin");
  mkdirSync(path);
  for (const [name, program] of Object.entries(programs)) {
    const file = join(path, name);
    if (program === true) symlinkSync(whereIs(name), file);
    else {
      writeFileSync(file, `#!/bin/sh\n${program}\n`);
      chmodSync(file, 0o755);
    }
  }
  return path;
}

export function whereIs(program: string): string {
  const { stdout } = spawnSync("sh", ["-c", `command -v ${program}`], { encoding: "utf8" });
  return stdout.trim();
}
