// Runs a lab: runs it dry, plays its scenes, judges what was seen, writes the folder, and tells the person.

import { captureOf } from "../../evidence/capture/capture.ts";
import { writePcapng } from "../../evidence/capture/pcapng.ts";
import { alphabetOf } from "../../evidence/personal-alphabet.ts";
import { Recorder, writeTimeline } from "../../evidence/recorder.ts";
import { sha256 } from "../../evidence/sha256.ts";
import { UsageError } from "../../fault.ts";
import { now } from "../../kernel/clock.ts";
import type { Lab } from "../../lab/scene.ts";
import { claimsOf } from "../../lab/scene-claims.ts";
import { type Capabilities, probeCapabilities } from "../../machine/capabilities.ts";
import { describeEnvironment, type Environment, hostSysctls, kernelName } from "../../machine/environment.ts";
import { settleSysctls } from "../../machine/run-sysctls.ts";
import { dryRun } from "../../run/dry-run.ts";
import { playScenes } from "../../run/play-scenes.ts";
import type { RunOptions } from "../../run/run-options.ts";
import type { VerdictDocument } from "../../verdict/document-schema.ts";
import { verdictDocumentOf } from "../../verdict/verdict-document.ts";
import { chooseWitnesses } from "../../witness/choose.ts";
import { askVersions, findTools } from "../../witness/tools.ts";
import { findLab } from "../find-lab.ts";
import { VERSION } from "../help.ts";
import { styleOfTerminal } from "../style-of-terminal.ts";
import { untilInterrupted } from "./interrupt.ts";
import { progressOf } from "./progress.ts";
import { newRunId, prepareResults, writeResults } from "./results.ts";
import { beginTracing, type Tracing } from "./tracing.ts";

export const TOOL = `tcp-loopback-lab ${VERSION}`;

/** The exit status of design: 0 to 2. Throws for 3. */
export async function runLab(name: string, options: RunOptions): Promise<number> {
  const reports = loadReports(options);
  await using tracing = beginTracing(options);
  const lab = await findLab(name);
  for (const scene of lab.scenes) await dryRun(lab, scene);
  const folder = prepareResults(options.out, lab.id);
  const { reportFiles, reportTerminal, spellQuestions, loadDrawing } = await reports;
  await loadDrawing(lab.scenes);
  const run = await gatherEvidence(lab, options, tracing);
  const files = writeFiles(lab, run);
  const verdict = verdictOf(lab, run, files);
  const view = {
    lab,
    claims: claimsOf(lab),
    verdict,
    timeline: run.recorder.lines,
    environment: run.environment,
    worksheet: options.worksheet,
  };
  const whole = writeResults(folder, run.id, {
    ...(await reportFiles(view)),
    "verdict.json": `${JSON.stringify(verdict, null, 2)}\n`,
    "environment.json": `${JSON.stringify(run.environment, null, 2)}\n`,
    ...files,
  });
  if (options.json) process.stdout.write(`${JSON.stringify(verdict, null, 2)}\n`);
  else if (reportTerminal !== undefined)
    process.stdout.write(reportTerminal({ ...view, folder: whole }, styleOfTerminal()));
  if (spellQuestions !== undefined && !options.json)
    process.stdout.write(spellQuestions(view, styleOfTerminal(), false));
  return verdict.exit;
}

/**
 * Loads beside the lab, and is there before anything is played: Ctrl-C reaches the whole process group, and with it the
 * process that compiles what is loaded later.
 */
async function loadReports({ json, quiet, worksheet }: RunOptions) {
  const [{ reportFiles }, { loadDrawing }, terminal, questions] = await Promise.all([
    import("../../report/report-files.ts"),
    import("../../report/charts/charts.ts"),
    json || quiet || worksheet ? undefined : import("../../report/terminal/terminal.ts"),
    worksheet ? import("../../report/questions/format-questions.ts") : undefined,
  ]);
  return {
    reportFiles,
    loadDrawing,
    reportTerminal: terminal?.reportTerminal,
    spellQuestions: questions?.formatQuestions,
  };
}

interface Run {
  readonly id: string;
  readonly startedAt: Date;
  readonly recorder: Recorder;
  readonly environment: Environment;
}

async function gatherEvidence(lab: Lab, options: RunOptions, tracing: Tracing): Promise<Run> {
  const startedAt = new Date();
  const id = newRunId(startedAt);
  const tools = findTools(options.without);
  const versions = askVersions(tools);
  const choosing = chooseWitnesses(tools.found, options.without);
  const capabilities = await probeCapabilities(options.host, tracing.begun, options.sysctls);
  if (options.ipv6) refuseWithoutIpv6(capabilities);
  if (!options.quiet && !options.host) renderRefusal(capabilities);
  const tracepoint = capabilities.have.has("tracepoint") ? await tracing.begun : undefined;
  const witnesses = [...(await choosing), ...(tracepoint ? [tracepoint] : [])];
  const sysctls = settleSysctls(options, capabilities, hostSysctls());
  const recorder = new Recorder();
  recorder.note({
    type: "note",
    at: now(),
    topic: "run",
    text: `${lab.id}: ${lab.question}`,
    data: {
      id,
      lab: lab.id,
      startedAt: startedAt.toISOString(),
      tool: TOOL,
      kernel: kernelName(),
      ...(options.student !== undefined && { student: options.student }),
      ...(options.nonce !== undefined && { nonce: options.nonce }),
      capabilities: [...capabilities.have],
      missing: { ...capabilities.missing },
      ...(tracepoint?.hearing !== undefined && { tracepoint: { ports: tracepoint.hearing.ports } }),
    },
  });
  const { stepByStep } = options.step ? await import("./step-by-step.ts") : {};
  const tell = (text: string) => process.stderr.write(text);
  using stepper = stepByStep?.(recorder, tell, () => styleOfTerminal(process.stderr));
  const progress = progressOf(lab, recorder, capabilities, options, tell);
  await untilInterrupted(async (signal) => {
    await playScenes({
      lab,
      family: options.ipv6 ? "ipv6" : "ipv4",
      capabilities,
      witnesses,
      ...(tracepoint !== undefined && { portBlock: tracepoint.block }),
      recorder,
      signal,
      alphabet: alphabetOf(options),
      sysctls,
      quick: options.quick,
      ...(options.population !== undefined && { population: options.population }),
      ...progress,
      ...(stepper !== undefined && { stepper, onScene: stepper.onScene, onPlayed: stepper.onPlayed }),
    });
  });
  progress.end();
  // Not waited for yet: the report is written meanwhile.
  void tracing.end();
  await versions;
  const environment = describeEnvironment({
    capabilities,
    tools,
    witnesses: witnesses.map((witness) => witness.name),
    sysctls,
    options,
  });
  return { id, startedAt, recorder, environment };
}

/** Said at once, for a lab without a namespace of its own shows little; the report says it again of each claim. */
function renderRefusal({ missing: { namespace } }: Capabilities): void {
  if (namespace === undefined) return;
  process.stderr.write(
    `no private namespace: ${namespace}\nPlayed is what needs none; every other claim is unsupported.\n`,
  );
}

/** Every scene would be played over what is not there. */
function refuseWithoutIpv6({ missing: { ipv6 } }: Capabilities): void {
  if (ipv6 !== undefined) throw new UsageError(`--ipv6: ${ipv6}`);
}

type EvidenceFiles = Readonly<Record<"timeline.jsonl" | "capture.pcapng", string | Uint8Array>>;

function writeFiles(lab: Lab, { id, recorder, environment }: Run): EvidenceFiles {
  const { student, nonce } = environment.options;
  const run = { id, lab: lab.id, kernel: environment.kernel, tool: TOOL, student, nonce };
  const capture = captureOf(run, recorder.lines, recorder.packets);
  return { "timeline.jsonl": writeTimeline(recorder.lines), "capture.pcapng": writePcapng(capture) };
}

function verdictOf(lab: Lab, { recorder }: Run, files: EvidenceFiles): VerdictDocument {
  const digests = { timeline: sha256(files["timeline.jsonl"]), capture: sha256(files["capture.pcapng"]) };
  return verdictDocumentOf(claimsOf(lab), recorder.lines, digests);
}
