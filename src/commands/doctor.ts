// doctor: what this machine can show, found by trying it; what is missing, why, and the command that mends it.

import { type Capabilities, probeCapabilities } from "../machine/capabilities.ts";
import { kernelName } from "../machine/environment.ts";
import { type MachineFacts, readFacts } from "../machine/facts.ts";
import { CAPABILITIES, type Capability } from "../spec/claim.ts";
import { askVersions, findTools, TOOL_PACKAGES, type Tool } from "../witness/tools.ts";
import { startTracepoint, type Tracepoint } from "../witness/tracepoint/tracepoint.ts";

export type Write = (line: string) => void;

const SHOWS: Readonly<Record<Capability, string>> = {
  namespace: "a network namespace of its own for each scene",
  wire: "every segment on lo, and the capture",
  hold: "segments held until the lab hands them on",
  repair: "sequence numbers of the lab's choice (TCP_REPAIR)",
  sysctl: "settings of the kernel's, changed in the namespace alone",
  tracepoint: "the kernel's own word for every transition",
  "tw-reuse-delay": "net.ipv4.tcp_tw_reuse_delay",
  "diag-destroy": "sockets ended through sock_diag",
};

/** Without these a lab shows less; without the others nothing is lost but a witness or a side note. */
const NEEDED: readonly Capability[] = ["namespace", "wire", "hold", "repair", "sysctl"];
const EXIT_LESS = 2;
const WIDTH = 15;

/** 0: labs can show all they claim; 2: some claims will be unsupported on this machine. */
export async function doctor(write: Write): Promise<number> {
  const facts = readFacts();
  write(`${kernelName()}, Node ${process.version}`);
  write(whoRuns(facts));
  write("");
  const tracing = startTracepoint();
  const capabilities = await probeCapabilities(false, tracing);
  await using _tracepoint: Tracepoint | undefined = capabilities.have.has("tracepoint") ? await tracing : undefined;
  for (const capability of CAPABILITIES) tellCapability(capability, capabilities, write);
  await tellTools(write);
  if (!facts.dev) tellNoDev(write);
  const lacking = NEEDED.filter((capability) => !capabilities.have.has(capability));
  write("");
  write(tellSum(lacking));
  return lacking.length === 0 ? 0 : EXIT_LESS;
}

function whoRuns({ root, lacking, refusal, container }: MachineFacts): string {
  const where = container === undefined ? "" : `, in a container (${container})`;
  const who = root ? ["as root", ...lacking.map((name) => `without ${name}`)].join(" ") : "unprivileged";
  if (refusal !== undefined) return `${who}, no namespace${where}`;
  return process.env.TCP_LAB_NAMESPACE === "entered"
    ? `${who}, in a user namespace of its own${where}`
    : `${who}${where}`;
}

function tellCapability(capability: Capability, { have, lacks }: Capabilities, write: Write): void {
  const lack = lacks[capability];
  write(`${have.has(capability) ? "✔" : "✘"} ${capability.padEnd(WIDTH)} ${SHOWS[capability]}`);
  if (lack === undefined) return;
  if (lack.follows !== undefined) tellMore("needs", lack.follows, write);
  else {
    tellMore("tried", lack.reason, write);
    if (lack.cause !== undefined) {
      tellMore("cause", lack.cause.cause, write);
      tellMore("remedy", lack.cause.remedy, write);
    }
  }
}

async function tellTools(write: Write): Promise<void> {
  const tools = findTools([]);
  await askVersions(tools);
  for (const tool of Object.keys(TOOL_PACKAGES) as Tool[]) {
    const version = tools.versions[tool];
    write(`${version === undefined ? "✘" : "✔"} ${tool.padEnd(WIDTH)} ${version ?? "not found: one witness less"}`);
    if (version === undefined) tellMore("remedy", `apt-get install ${TOOL_PACKAGES[tool]}`, write);
  }
}

/** Tried: the labs, ss and netstat run; Node aborts in PlatformInit where descriptor 0, 1 or 2 is closed. */
function tellNoDev(write: Write): void {
  write(
    `✘ ${"/dev".padEnd(WIDTH)} there is no /dev/null: the labs do without, but Node dies where a standard stream is closed`,
  );
  tellMore("remedy", "mount -t devtmpfs devtmpfs /dev, or give the container or chroot its /dev", write);
}

function tellMore(what: string, text: string, write: Write): void {
  write(`  ${"".padEnd(WIDTH)} ${what}: ${text}`);
}

function tellSum(lacking: readonly Capability[]): string {
  if (lacking.length === 0) return "The labs can show all they claim here.";
  return `Without ${lacking.join(", ")} the labs show what they can, and call the rest unsupported (exit status ${EXIT_LESS}).`;
}
