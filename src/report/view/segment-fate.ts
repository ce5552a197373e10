// What became of a segment on the wire: what the lab decided, or why there was nothing to decide.

import type { Action, SegmentLine } from "../../evidence/timeline.ts";
import { otherEnd } from "../../tcp/end.ts";
import { sequenceAfter } from "../../tcp/segment.ts";
import { sequence } from "../../tcp/sequence.ts";
import type { TcpState } from "../../tcp/state.ts";
import type { SceneView } from "./run-view.ts";

export type SegmentFate =
  | { readonly kind: NonNullable<Action["fate"]>; readonly step: string }
  /** An altered copy, that frame, was handed on in its stead. */
  | { readonly kind: "replaced"; readonly frame: number }
  /** Left on the wire at the end of the scene. */
  | { readonly kind: "left" }
  /** No gate stood before its receiver. */
  | { readonly kind: "at once"; readonly why: string }
  /** A repeat, mostly: its original was decided on. */
  | { readonly kind: "undecided" }
  /** In a free scene nothing is held. */
  | { readonly kind: "free" };

/** No filter stands before these: a TIME_WAIT entry is no socket, and of a CLOSED end there is none. */
const UNGATED: Readonly<Partial<Record<TcpState, string>>> = {
  TIME_WAIT: "TIME_WAIT has no gate",
  CLOSED: "no socket was there",
};

/** Looks up the fate of any segment of a scene. */
export function fatesOf(scene: SceneView): (line: SegmentLine) => SegmentFate {
  const { evidence, mode } = scene;
  const decided = new Map<string, SegmentFate>();
  for (const { segments = [], fate, step } of evidence.actions)
    if (fate !== undefined) for (const id of segments) decided.set(id, { kind: fate, step });
  for (const { alters, frame } of evidence.segments)
    if (alters !== undefined) decided.set(alters, { kind: "replaced", frame });
  const left = evidence.note("held")?.data?.segments;
  if (Array.isArray(left)) for (const id of left) decided.set(String(id), { kind: "left" });
  return (line) => {
    const fate = decided.get(line.id) ?? (mode === "free" ? ({ kind: "free" } as const) : undefined);
    if (fate !== undefined && fate.kind !== "left") return fate;
    const why = whyUngated(line, scene);
    return why === undefined ? (fate ?? { kind: "undecided" }) : { kind: "at once", why };
  };
}

/** Why no gate stood before the receiver of a segment that the lab did not decide on. */
function whyUngated(line: SegmentLine, scene: SceneView): string | undefined {
  const state = receiverBefore(line, scene);
  const why = state === undefined ? undefined : UNGATED[state];
  return why ?? (isRefused(line, scene) ? "its receiver refused it with a reset" : undefined);
}

/** RFC 9293 §3.10.7.1: so a segment is answered that belongs to no connection; what is held is not answered. */
function isRefused(line: SegmentLine, { moments }: SceneView): boolean {
  const sent = moments.find((moment) => moment.sent.includes(line))?.sent ?? [];
  const hasAck = line.flags.includes("ACK");
  const next = sequenceAfter({ ...line, seq: sequence(line.seq) });
  return sent
    .slice(sent.indexOf(line) + 1)
    .filter(({ end, origin, flags }) => end !== line.end && origin === "kernel" && flags.includes("RST"))
    .some(({ flags, seq, ack }) => (hasAck ? !flags.includes("ACK") && seq === line.ack : ack === next));
}

/** The state of the end that a segment was sent to, as it was seen before the step in which it was sent. */
function receiverBefore(line: SegmentLine, { moments }: SceneView): TcpState | undefined {
  const receiver = otherEnd(line.end);
  const sentIn = moments.findIndex(({ sent }) => sent.includes(line));
  const before = moments.slice(0, Math.max(0, sentIn)).findLast(({ states }) => states[receiver] !== undefined);
  const states = before?.states[receiver] ?? [];
  return states.length === 1 ? states[0] : undefined;
}

/** Whether the segment came to its receiver. */
export const arrives = ({ kind }: SegmentFate): boolean =>
  kind === "delivered" || kind === "duplicated" || kind === "at once" || kind === "free";

/** "handed on (deliver SYN)", "arrived at once: TIME_WAIT has no gate"; "" in a free scene. */
export function formatFate(fate: SegmentFate): string {
  switch (fate.kind) {
    case "delivered":
      return `handed on (${fate.step})`;
    case "dropped":
      return `lost (${fate.step})`;
    case "duplicated":
      return `handed on twice (${fate.step})`;
    case "replaced":
      return `held; frame ${fate.frame} was handed on in its stead`;
    case "left":
      return "left on the wire";
    case "at once":
      return `arrived at once: ${fate.why}`;
    case "undecided":
      return "not decided on";
    case "free":
      return "";
  }
}

/** Where a segment came from, if it is not simply the kernel's: "forged by the lab", "repeats frame 34". */
export function formatOrigin({ origin, alters, repeats }: SegmentLine, { evidence }: SceneView): string {
  const frame = (id: string | undefined) => evidence.segments.find((line) => line.id === id)?.frame ?? "?";
  if (origin === "forged") return "forged by the lab";
  if (origin === "altered") return `changed from frame ${frame(alters)}`;
  return repeats === undefined ? "" : `repeats frame ${frame(repeats)}`;
}
