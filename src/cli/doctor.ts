// doctor: what this machine can show, found by trying it; what is missing, why, and the command that mends it.

import { CAPABILITIES, type Capability } from "../claims/claim.ts";
import { TOOLS, WITNESSES } from "../evidence/witnesses.ts";
import { claimsOf } from "../lab/scene-claims.ts";
import { type Capabilities, probeCapabilities } from "../machine/capabilities.ts";
import { kernelName } from "../machine/environment.ts";
import { type MachineFacts, readFacts } from "../machine/facts.ts";
import { askVersions, findTools } from "../witness/tools.ts";
import { startTracepoint, type Tracepoint } from "../witness/tracepoint/tracepoint.ts";
import { findLab, labNames } from "./find-lab.ts";

export type Write = (line: string) => void;

const SHOWS: Readonly<Record<Capability, string>> = {
  namespace: "a network namespace of its own for each scene",
  wire: "every segment on lo, and the capture",
  hold: "segments held until the lab hands them on",
  repair: "sequence numbers of the lab's choice (TCP_REPAIR)",
  sysctl: "settings of the kernel's, changed in the namespace alone",
  ipv6: "scenes over IPv6",
  tracepoint: "the kernel's own word for every transition",
  "tw-reuse-delay": "net.ipv4.tcp_tw_reuse_delay",
  "diag-destroy": "sockets ended through sock_diag",
};

/** Without these whole labs are lost; on the others, which are root's or a newer kernel's, single claims rest. */
const NEEDED: readonly Capability[] = ["namespace", "wire", "hold", "repair", "sysctl"];
const EXIT_LESS = 2;
const WIDTH = 15;

/** 0: this machine allows all that an ordinary user's labs need; 2: it does not. */
export async function doctor(write: Write): Promise<number> {
  const facts = readFacts();
  write(`${kernelName()}, Node ${process.version}`);
  write(whoRuns(facts));
  write("");
  const tracing = startTracepoint();
  const capabilities = await probeCapabilities(false, tracing);
  await using _tracepoint: Tracepoint | undefined = capabilities.have.has("tracepoint") ? await tracing : undefined;
  for (const capability of CAPABILITIES) renderCapability(capability, capabilities, write);
  await renderTools(write);
  if (!facts.dev) renderNoDev(write);
  const lacking = NEEDED.filter((capability) => !capabilities.have.has(capability));
  write("");
  await renderSum(capabilities, write);
  return lacking.length === 0 ? 0 : EXIT_LESS;
}

function whoRuns({ root, lacking, refusal, container }: MachineFacts): string {
  const where = container === undefined ? "" : `, in a container (${container})`;
  const less = lacking.length === 0 ? "" : ` without ${lacking.join(", ")}`;
  const who = root ? `as root${less}` : "unprivileged";
  if (refusal !== undefined) return `${who}, no namespace${where}`;
  return process.env.TCP_LAB_NAMESPACE === "entered"
    ? `${who}, in a user namespace of its own${where}`
    : `${who}${where}`;
}

function renderCapability(capability: Capability, { have, lacks }: Capabilities, write: Write): void {
  const lack = lacks[capability];
  write(`${have.has(capability) ? "✔" : "✘"} ${capability.padEnd(WIDTH)} ${SHOWS[capability]}`);
  if (lack === undefined) return;
  if (lack.follows !== undefined) renderMore("needs", lack.follows, write);
  else {
    renderMore("tried", lack.reason, write);
    if (lack.cause !== undefined) {
      renderMore("cause", lack.cause.cause, write);
      renderMore("remedy", lack.cause.remedy, write);
    }
  }
}

async function renderTools(write: Write): Promise<void> {
  const tools = findTools([]);
  await askVersions(tools);
  for (const tool of TOOLS) {
    const version = tools.versions[tool];
    write(`${version === undefined ? "✘" : "✔"} ${tool.padEnd(WIDTH)} ${version ?? "not found: one witness less"}`);
    if (version === undefined) renderMore("remedy", `apt-get install ${WITNESSES[tool].tool.debianPackage}`, write);
  }
}

/** Tried: the labs, ss and netstat run; Node aborts in PlatformInit where descriptor 0, 1 or 2 is closed. */
function renderNoDev(write: Write): void {
  write(
    `✘ ${"/dev".padEnd(WIDTH)} there is no /dev/null: the labs do without, but Node dies where a standard stream is closed`,
  );
  renderMore("remedy", "mount -t devtmpfs devtmpfs /dev, or give the container or chroot its /dev", write);
}

function renderMore(what: string, text: string, write: Write): void {
  write(`  ${"".padEnd(WIDTH)} ${what}: ${text}`);
}

/** Of each lab the claims that cannot be shown here. */
async function renderSum({ have }: Capabilities, write: Write): Promise<void> {
  const labs = await Promise.all(labNames().map(findLab));
  const short = labs.flatMap((lab) => {
    const claims = claimsOf(lab);
    const lost = claims.map(({ needs }) => needs.filter((need) => !have.has(need))).filter(({ length }) => length > 0);
    const needs = CAPABILITIES.filter((capability) => lost.some((needs) => needs.includes(capability)));
    return lost.length === 0 ? [] : [{ lab: `lab:${lab.id}`, text: `${lost.length} of ${claims.length}`, needs }];
  });
  if (short.length === 0) return write("The labs can show all they claim here.");
  write(
    `Not all that the labs claim can be shown here. These claims they call unsupported (exit status ${EXIT_LESS}):`,
  );
  for (const { lab, text, needs } of short) write(`  ${lab.padEnd(WIDTH)} ${text}, which need ${needs.join(", ")}`);
}
