// Distrust, in one place: every check of whether the parts of a bundle of evidence fit together. Pure.

import type { Capture } from "../evidence/pcapng.ts";
import type { TimelineLine } from "../evidence/timeline.ts";
import type { VerdictDocument } from "../verdict/document.ts";
import { checkApplication } from "./application-agrees.ts";
import { checkCapture } from "./capture-agrees.ts";
import { checkClock } from "./clock.ts";
import type { Complaint } from "./complaint.ts";
import { checkEnvironment, type EnvironmentFacts } from "./environment-agrees.ts";
import { checkFates } from "./fates.ts";
import { checkHearing } from "./hearing.ts";
import { checkNumbering } from "./numbering.ts";
import { payloadsOf } from "./payloads.ts";
import { checkRawLines } from "./raw-lines.ts";
import { checkRepeats } from "./repeats-agree.ts";
import { checkStates } from "./states-agree.ts";
import { checkTape } from "./tape.ts";
import { checkVerdict } from "./verdict-agrees.ts";

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
