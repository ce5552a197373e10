// Distrust, in one place: every check of whether the parts of a bundle of evidence fit together. Pure.

import type { Capture } from "../evidence/capture/pcapng.ts";
import type { TimelineLine } from "../evidence/timeline.ts";
import type { VerdictDocument } from "../verdict/document-schema.ts";
import { checkApplication } from "./check-application.ts";
import { checkCapture } from "./check-capture.ts";
import { checkClock } from "./check-clock.ts";
import { checkEnvironment, type EnvironmentFacts } from "./check-environment.ts";
import { checkFates } from "./check-fates.ts";
import { checkHearing } from "./check-hearing.ts";
import { checkNumbering } from "./check-numbering.ts";
import { checkRawLines } from "./check-raw-lines.ts";
import { checkStates } from "./check-states.ts";
import { checkTape } from "./check-tape.ts";
import { checkVerdict } from "./check-verdict.ts";
import type { Complaint } from "./complaint.ts";
import { payloadsOf } from "./payloads.ts";
import { checkRepeats } from "./repeats/check-repeats.ts";

export interface Audited {
  readonly lines: readonly TimelineLine[];
  readonly capture: Capture;
  /** What the evidence comes to here and now. */
  readonly derived: VerdictDocument;
  /** What was handed in beside the evidence. */
  readonly inside?: VerdictDocument;
  readonly environment?: EnvironmentFacts;
}

/** None: the evidence is consistent. That is all it proves: whoever can write both files with care can write them so. */
export function audit({ lines, capture, derived, inside, environment }: Audited): readonly Complaint[] {
  const payloads = payloadsOf(lines, capture);
  return [
    ...checkNumbering(lines),
    ...checkClock(lines, derived.run.startedAt),
    ...checkCapture(capture, lines, derived.run),
    ...checkRawLines(lines),
    ...checkHearing(lines),
    ...checkTape(lines),
    ...checkFates(lines),
    ...checkRepeats(lines, payloads),
    ...checkStates(lines),
    // Where the wire could not be read, nothing is known of what went over it; claims on it are unsupported there.
    ...(derived.capabilities.includes("wire") ? checkApplication(lines, payloads, derived.run) : []),
    ...(environment === undefined ? [] : checkEnvironment(environment, lines, derived)),
    ...(inside === undefined ? [] : checkVerdict(inside, derived)),
  ];
}
