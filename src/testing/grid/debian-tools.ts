// Tools of other Debian suites, each unpacked with all that it needs into a folder of ours: nothing is installed, and nothing of the host's changes.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

export interface DebianTool {
  /** As the labs call it. */
  readonly program: "ss" | "netstat";
  /** "trixie" */
  readonly suite: string;
  readonly debianPackage: "iproute2" | "net-tools" | "busybox";
}

/** Kept from run to run, since a suite's list of packages alone has ten megabytes. */
const CACHE = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "tcp-loopback-lab", "debian-tools");

/** A suite that goes on changing. */
const ROLLING = "sid";
const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

/** Of a shell whose exec finds no program, or no loader (sh(1)). */
const CANNOT_START = 127;

/** A folder for PATH that holds the tool, or why there is none. */
export function fetchTool(tool: DebianTool): { readonly path: string } | { readonly missing: string } {
  const folder = join(CACHE, tool.suite, tool.debianPackage);
  const path = join(folder, "bin");
  const starts = () => spawnSync(join(path, tool.program), ["-V"]).status !== CANNOT_START;
  const isFresh = () => tool.suite !== ROLLING || Date.now() - statSync(folder).mtimeMs < WEEK_MS;
  try {
    if (existsSync(path) && isFresh() && starts()) return { path };
    unpack(tool, folder);
    return starts() ? { path } : { missing: `${tool.program} of ${tool.suite} does not start` };
  } catch (error) {
    // An old one is better than none where the archive cannot be reached.
    if (existsSync(path) && starts()) return { path };
    return { missing: error instanceof Error ? error.message : String(error) };
  }
}

function unpack({ program, suite, debianPackage }: DebianTool, folder: string): void {
  const making = `${folder}.${process.pid}`;
  try {
    const archives = download(suite, debianPackage, making);
    const root = join(making, "root");
    for (const archive of archives) run("dpkg-deb", ["-x", archive, root]);
    const file = debianPackage === "busybox" ? "busybox" : program;
    mkdirSync(join(making, "bin"));
    writeFileSync(join(making, "bin", program), wrapperOf(file, program, root, join(folder, "root")), { mode: 0o755 });
    rmSync(join(making, "apt"), { recursive: true });
    rmSync(folder, { recursive: true, force: true });
    renameSync(making, folder);
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
}

/** Everything that the package depends on, as for a machine on which nothing is installed. */
function download(suite: string, debianPackage: string, folder: string): readonly string[] {
  const apt = join(folder, "apt");
  for (const part of ["etc", "state/lists/partial", "cache/archives/partial"])
    mkdirSync(join(apt, part), { recursive: true });
  writeFileSync(join(apt, "etc", "sources.list"), sourceOf(suite));
  writeFileSync(join(apt, "state", "status"), "");
  const options = Object.entries({
    "Dir::Etc::sourcelist": join(apt, "etc", "sources.list"),
    "Dir::Etc::sourceparts": "/dev/null",
    "Dir::Etc::preferencesparts": "/dev/null",
    "Dir::State": join(apt, "state"),
    "Dir::State::status": join(apt, "state", "status"),
    "Dir::Cache": join(apt, "cache"),
    "APT::Sandbox::User": "root",
    "Acquire::Languages": "none",
  }).flatMap(([name, value]) => ["-o", `${name}=${value}`]);
  run("apt-get", [...options, "-q", "update"]);
  run("apt-get", [...options, "-qy", "--no-install-recommends", "--download-only", "install", debianPackage]);
  const archives = join(apt, "cache", "archives");
  return readdirSync(archives)
    .filter((name) => name.endsWith(".deb"))
    .map((name) => join(archives, name));
}

const KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";

/** The suite on the mirror that this machine's own apt has Debian from. */
function sourceOf(suite: string): string {
  const targets = run("apt-get", ["indextargets", "--format", "$(ORIGIN) $(REPO_URI)", "Created-By: Packages"]);
  const [, mirror] = /^Debian (\S*\/debian)\/?$/m.exec(targets) ?? [];
  if (mirror === undefined) throw new Error("this machine's apt has no Debian archive among its sources");
  const keys = existsSync(KEYRING) ? `[signed-by=${KEYRING}] ` : "";
  return `deb ${keys}${mirror} ${suite} main\n`;
}

/** Starts the tool by the loader of its own suite, with that suite's libraries. `root`: where it will lie. */
function wrapperOf(file: string, program: string, unpacked: string, root: string): string {
  const names = readdirSync(unpacked, { recursive: true, encoding: "utf8" });
  const found = (what: string, pattern: RegExp): string => {
    // An absolute link would lead to what the host has, or nowhere.
    const name = names.find((one) => pattern.test(one) && existsSync(join(unpacked, one)));
    if (name === undefined) throw new Error(`${program}: its package has no ${what}`);
    return join(root, name);
  };
  const loader = found("loader", /(^|\/)ld-linux[^/]*\.so\.\d+$/);
  const tool = found("program", new RegExp(`bin/${file}$`));
  const libraries = [
    ...new Set(names.filter((one) => /\.so(\.\d+)*$/.test(one)).map((one) => join(root, dirname(one)))),
  ];
  const asWhat = file === program ? "" : ` ${program}`;
  return `#!/bin/sh\nexec ${loader} --library-path ${libraries.join(":")} ${tool}${asWhat} "$@"\n`;
}

function run(command: string, words: readonly string[]): string {
  const { error, status, stdout, stderr } = spawnSync(command, words, { encoding: "utf8" });
  if (error !== undefined) throw new Error(`${command}: ${error.message}`);
  if (status !== 0) throw new Error(`${command} ${words.at(-1)}: ${stderr.trim().split("\n").at(-1)}`);
  return stdout;
}
