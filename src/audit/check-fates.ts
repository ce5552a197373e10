// Whether every fate is one of a segment that was sent, and the very one that its step names.

import type { Action, SegmentLine, TimelineLine } from "../evidence/timeline.ts";
import { areMeantBy, formatFlags, readFlags } from "../tcp/flags.ts";
import { type Complaint, complaint } from "./complaint.ts";

const VERB = { deliver: "delivered", drop: "dropped", duplicate: "duplicated" } as const;

/** "deliver client repeated SYN ACK #2": the verbs that name one held segment. */
const STEP = /^(deliver|drop|duplicate) (?:(client|server) )?(?:(repeated) )?(.+?)(?: #\d+)?$/;

export function checkFates(lines: readonly TimelineLine[]): readonly Complaint[] {
  const segments = new Map(lines.flatMap((line) => (line.type === "segment" ? [[line.id, line] as const] : [])));
  const actions = lines.filter((line) => line.type === "action");
  return [...checkNames(actions), ...actions.flatMap((action) => checkAction(action, segments))];
}

/** A step's name stands once in a scene: what repeats is numbered. */
function checkNames(actions: readonly Action[]): readonly Complaint[] {
  const seen = new Set<string>();
  return actions.flatMap(({ id, scene, step }) => {
    const name = JSON.stringify([scene, step]);
    if (seen.has(name)) return [complaint("fate", `${id}: the step "${step}" stands twice in ${scene}`)];
    seen.add(name);
    return [];
  });
}

function checkAction(action: Action, segments: ReadonlyMap<string, SegmentLine>): readonly Complaint[] {
  const wrong = (text: string) => [complaint("fate", `${action.id} ("${action.step}"): ${text}`)];
  for (const id of action.segments ?? []) {
    const segment = segments.get(id);
    if (segment === undefined || segment.scene !== action.scene)
      return wrong(`it is about ${id}, which is no segment of its scene`);
  }
  const [first] = action.segments ?? [];
  const named = STEP.exec(action.step);
  const segment = segments.get(first ?? "");
  if (named === null || segment === undefined || readFlags(named[4] ?? "") === undefined) return [];
  const [, verb, end, repeated, flags] = named;
  if (VERB[verb as keyof typeof VERB] !== action.fate) return wrong(`its fate is ${action.fate ?? "none"}`);
  if (!areMeantBy(flags ?? "", segment.flags) || (end !== undefined && segment.end !== end))
    return wrong(`it is about the ${segment.end}'s ${formatFlags(segment.flags)} (frame ${segment.frame})`);
  return (segment.repeats !== undefined) === (repeated !== undefined)
    ? []
    : wrong("whether it is about a repeat is not what the segment says");
}
