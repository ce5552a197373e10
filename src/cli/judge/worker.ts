// What a thread that judges does: a bundle comes in, what is to be told of it goes out; the evidence itself stays behind.

import { parentPort, workerData } from "node:worker_threads";
import type { Bundle, BundleFile } from "../../handed-in/bundle/bundle.ts";
import { isRefusal, type Judgement, judgeBundle, type LabLoader, type Refusal } from "../../handed-in/judge-bundle.ts";
import { type Fingers, fingersOf } from "../../handed-in/shared-evidence.ts";
import { openLabLoader } from "../lab-loader.ts";

/** A run judged, with what of it is compared across a class. */
export type Outcome = { readonly judged: Refusal } | { readonly judged: Judgement; readonly fingers: Fingers };

/** The same without the lab, whose scenes are functions and cannot be sent. */
export type SentOutcome =
  | { readonly judged: Refusal }
  | { readonly judged: Omit<Judgement, "lab" | "claims">; readonly fingers: Fingers };

export async function outcomeOf(bundle: Bundle, loadLab: LabLoader): Promise<Outcome> {
  const judged = await judgeBundle(bundle, loadLab);
  if (isRefusal(judged)) return { judged };
  const { lines: _lines, capture: _capture, ...judgement } = judged;
  return { judged: judgement, fingers: fingersOf(judged) };
}

export interface ThreadSetting {
  /** The instructor's own lab file. */
  readonly lab: string | undefined;
}

export async function serve(): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error("judging: this is no thread");
  const loadLab = await openLabLoader((workerData as ThreadSetting).lab);
  port.on("message", async (bundle: Bundle) => port.postMessage(sendable(await outcomeOf(received(bundle), loadLab))));
}

/** A Buffer arrives as the plain octets that it is. */
const received = ({ name, files }: Bundle): Bundle => ({
  name,
  files: Object.fromEntries(
    Object.entries(files).map(([file, octets]) => [
      file as BundleFile,
      Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength),
    ]),
  ) as Bundle["files"],
});

function sendable(outcome: Outcome): SentOutcome {
  if (!("fingers" in outcome)) return outcome;
  const { lab: _lab, claims: _claims, ...judged } = outcome.judged;
  return { judged, fingers: outcome.fingers };
}
