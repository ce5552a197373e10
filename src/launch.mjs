#!/usr/bin/env node
// Finds the way into a namespace and starts the command line: plain JavaScript, so that an old Node gets a clear line and not a syntax error.

import { spawn, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { COMMANDS } from "./cli/commands.mjs";

/** The first with register() of node:module as tsx needs it, and with Symbol.dispose on its own objects. */
const OLDEST_NODE = "20.6.0";
const EXIT_HARNESS = 3;
/** linux/capability.h: CAP_NET_ADMIN, CAP_NET_RAW, CAP_SYS_ADMIN. The last makes a namespace, the others set it up and hear it. */
const NEEDED = (1n << 12n) | (1n << 13n) | (1n << 21n);
const TOO_FEW_FILES =
  "tcp-loopback-lab: this process may not have enough files open at once: raise the limit (ulimit -n 1024; docker run --ulimit nofile=1024)";
const NAMESPACE = ["--user", "--map-root-user", "--net", "--"];
/** In the stead of a command. */
const ONLY_TELLS = ["--help", "-h", "--version", "help"];

if (isOlder(process.versions.node, OLDEST_NODE)) {
  console.error(
    `tcp-loopback-lab: needs Node ${OLDEST_NODE} or later, this is ${process.version}: install a newer one from https://nodejs.org`,
  );
  process.exit(EXIT_HARNESS);
}

const words = process.argv.slice(2);
const command = words[0];
const wantsNamespace =
  process.platform === "linux" &&
  command !== undefined &&
  needsNamespace(command) &&
  !words.some((word) => word === "--host" || word === "--help" || word === "-h");

// A lab file of the user's own imports our sources.
if (words.some((word) => /\.[cm]?[jt]s$/.test(word))) process.env.TCP_LAB_UNCOMPILED ??= "a lab of one's own";

if (wantsNamespace && process.env.TCP_LAB_NAMESPACE !== "entered" && !mayMakeNamespaces()) await startInNamespace();
else await startHere();

/** A word that is no command names a lab. */
function needsNamespace(command) {
  return Object.hasOwn(COMMANDS, command) ? COMMANDS[command].namespace : !ONLY_TELLS.includes(command);
}

function isOlder(version, than) {
  const [[major, minor], [leastMajor, leastMinor]] = [version, than].map((one) => one.split(".").map(Number));
  return major < leastMajor || (major === leastMajor && minor < leastMinor);
}

/** Root, or a user inside a namespace of their own, with all that it takes. Real root needs no other user namespace. */
function mayMakeNamespaces() {
  return (BigInt(`0x${effectiveCapabilities()}`) & NEEDED) === NEEDED && mayComeBack();
}

/** As proc(5) has them: hexadecimal digits. */
function effectiveCapabilities() {
  const [, effective = "0"] = /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync("/proc/self/status", "latin1")) ?? [];
  return effective;
}

/**
 * The network namespace we are in may belong to a user namespace above ours (unshare -r, podman --network=host): then
 * setns(2) to it is refused. Without the program nsenter (util-linux) the probe of capabilities finds that out.
 */
function mayComeBack() {
  const isFirst = /^\s*0\s+0\s+4294967295$/m.test(readFileSync("/proc/self/uid_map", "latin1"));
  return isFirst || spawnSync("nsenter", ["--net=/proc/self/ns/net", "true"]).status !== 1;
}

async function startHere() {
  process.once("uncaughtException", (error) => process.exit(tellFault(error)));
  const status = await run().catch(tellFault);
  // Not exitCode: descriptors that are still being closed in the background would hold the process up. But a reader of a
  // pipe may be slow, and exit() would cut off what is still to be written.
  process.stdout.write("", () => process.exit(status));
}

async function run() {
  const { BEGINNINGS, loader } = await import("./load.mjs");
  const load = await loader();
  // Loads beside the command line, which will ask for it; should it fail, that is where it is told.
  if (wantsNamespace) load(BEGINNINGS.run).catch(() => {});
  const { main } = await load(BEGINNINGS.commandLine);
  return main(words);
}

/** Of what nobody caught, and of what keeps the command line from being loaded: Node's own status, 1, would mean a surprise. */
function tellFault(error) {
  const tooFew = /\bEMFILE\b/.test(String(error));
  console.error(tooFew ? TOO_FEW_FILES : `harness: ${error instanceof Error ? error.stack : error}`);
  return EXIT_HARNESS;
}

/** Starts this file again as root of a user and network namespace; what refuses that is handed on, for the report to say. */
function startInNamespace() {
  const refusal = tryUnshare();
  if (refusal !== undefined) {
    process.env.TCP_LAB_NAMESPACE = "refused";
    process.env.TCP_LAB_REFUSAL = refusal;
    return startHere();
  }
  const child = spawn("unshare", [...NAMESPACE, process.execPath, fileURLToPath(import.meta.url), ...words], {
    stdio: "inherit",
    env: {
      ...process.env,
      TCP_LAB_NAMESPACE: "entered",
      TCP_LAB_LAUNCHER: String(process.pid),
      TCP_LAB_CAPABILITIES: effectiveCapabilities(),
      TCP_LAB_HOST_SYSCTLS: JSON.stringify(hostSysctls()),
    },
  });
  // Ctrl-C reaches the child by itself, being in the same process group: wait for what it makes of it.
  process.on("SIGINT", () => {});
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (status, signal) => {
    if (signal !== null) console.error(`tcp-loopback-lab: the lab was ended by ${signal}; nothing was written`);
    process.exitCode = status ?? EXIT_HARNESS;
  });
}

/**
 * What came back when a namespace was refused. It must let us make another: where AppArmor restricts them (Ubuntu 23.10
 * and later) a user namespace is granted, and every capability in it denied.
 */
function tryUnshare() {
  const { error, status, stderr } = spawnSync("unshare", [...NAMESPACE, "unshare", "--net", "true"], {
    encoding: "utf8",
  });
  if (error) return `unshare: ${error.code === "ENOENT" ? "not found: install util-linux" : error.message}`;
  return status === 0 ? undefined : stderr.trim();
}

/** Only readable from outside the namespace. */
function hostSysctls() {
  const folder = "/proc/sys/net/ipv4";
  const values = {};
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isFile()) continue;
    try {
      values[`net.ipv4.${entry.name}`] = readFileSync(`${folder}/${entry.name}`, "latin1").trim().replaceAll("\t", " ");
    } catch {
      // Some are root's alone to read.
    }
  }
  return values;
}
