// Whether environment.json tells of the machine and the person that the timeline tells of.

import { z } from "zod";
import type { TimelineLine } from "../evidence/timeline.ts";
import { WITNESSES } from "../evidence/witnesses.ts";
import type { VerdictDocument } from "../verdict/document-schema.ts";
import { checkSysctls } from "./check-sysctls.ts";
import { type Complaint, complaint } from "./complaint.ts";

/** What is held against the timeline; the rest is for people, and may be anything. */
export const environmentFacts = z.looseObject({
  kernel: z.string(),
  capabilities: z.array(z.string()),
  witnesses: z.array(z.string()),
  sysctls: z
    .looseObject({
      /** Of the namespace before any scene wrote its own; for those who compare runs. */
      namespace: z.record(z.string(), z.string()),
      /** Runs of earlier versions pinned nothing. */
      pinned: z.record(z.string(), z.string()).optional(),
      asked: z.record(z.string(), z.string()).optional(),
    })
    .optional(),
  options: z.looseObject({ student: z.string().optional(), nonce: z.string().optional() }).optional(),
});
export type EnvironmentFacts = z.infer<typeof environmentFacts>;

export function checkEnvironment(
  environment: EnvironmentFacts,
  lines: readonly TimelineLine[],
  { run, capabilities }: Pick<VerdictDocument, "run" | "capabilities">,
): readonly Complaint[] {
  const { options = {}, sysctls: { pinned, asked = {} } = {} } = environment;
  const differs = (what: string, there: string, here: string) =>
    there === here
      ? []
      : [complaint("environment", `${what} is "${there}" in environment.json and "${here}" in the timeline`)];
  return [
    ...differs("the kernel", environment.kernel, run.kernel),
    ...differs(
      "the list of capabilities",
      environment.capabilities.toSorted().join(" "),
      capabilities.toSorted().join(" "),
    ),
    ...differs("the student", options.student ?? "", run.student ?? ""),
    ...differs("the nonce", options.nonce ?? "", run.nonce ?? ""),
    ...unlisted(environment, lines),
    ...(pinned === undefined ? [] : checkSysctls({ pinned, asked }, lines)),
  ];
}

/** Those that no run leaves out are asked in every scene, and are not listed. */
function unlisted({ witnesses }: EnvironmentFacts, lines: readonly TimelineLine[]): readonly Complaint[] {
  const spoke = new Set(lines.flatMap((line) => (line.type === "sighting" ? [line.witness] : [])));
  return [...spoke]
    .filter((witness) => !witnesses.includes(witness) && WITNESSES[witness].leaveOut)
    .map((witness) =>
      complaint("environment", `${witness} speaks in the timeline, but was not on that machine by environment.json`),
    );
}
