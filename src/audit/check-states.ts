// Whether the wire bears out what the witnesses say: no end is in a state before the segments were sent that lead there.

import { isNoteOf } from "../evidence/notes.ts";
import { factsOfMode } from "../evidence/scene-modes.ts";
import type { SegmentLine, Sighting, TimelineLine } from "../evidence/timeline.ts";
import { ENDS, type End, otherEnd } from "../tcp/end.ts";
import type { Flag } from "../tcp/flags.ts";
import type { TcpState } from "../tcp/state.ts";
import { type Complaint, complaint } from "./complaint.ts";
import { settingsOf } from "./scene-setting.ts";

/** What must have been sent, and by whom, before an end can be in a state: RFC 9293 §3.3.2, figure 5. */
const LEADS_TO: Readonly<Partial<Record<TcpState, readonly (readonly ["own" | "peer", Flag])[]>>> = {
  SYN_SENT: [["own", "SYN"]],
  SYN_RCVD: [["peer", "SYN"]],
  FIN_WAIT_1: [["own", "FIN"]],
  FIN_WAIT_2: [
    ["own", "FIN"],
    ["peer", "ACK"],
  ],
  CLOSE_WAIT: [["peer", "FIN"]],
  LAST_ACK: [
    ["own", "FIN"],
    ["peer", "FIN"],
  ],
  CLOSING: [
    ["own", "FIN"],
    ["peer", "FIN"],
  ],
  TIME_WAIT: [
    ["own", "FIN"],
    ["peer", "FIN"],
  ],
};

/** Scenes with a whole tape only, and not of encounters, of which only the meetings are written down. */
export function checkStates(lines: readonly TimelineLine[]): readonly Complaint[] {
  const settings = settingsOf(lines);
  const taped = new Set(
    lines.flatMap((line) =>
      isWholeTape(line) && factsOfMode(settings.get(line.scene ?? "")?.mode)?.tape !== "meetings" ? [line.scene] : [],
    ),
  );
  const sent = new Map<string, Sent>();
  return lines.flatMap((line) => {
    if (line.scene === undefined || !taped.has(line.scene)) return [];
    const own = sent.get(line.scene) ?? { client: new Set(), server: new Set() };
    sent.set(line.scene, own);
    if (line.type === "segment") addSegment(own, line);
    return line.type === "sighting" ? checkSighting(line, own) : [];
  });
}

/** The flags that each end's segments had so far. What the lab forged in an end's name counts as that end's: its peer cannot tell. */
type Sent = Readonly<Record<End, Set<Flag>>>;

/** A socket that is connected to its own port is its own peer: what it sends, its peer has sent. */
function addSegment(sent: Sent, { end, from, to, flags }: SegmentLine): void {
  const senders = from.port === to.port && from.address === to.address ? ENDS : [end];
  for (const one of senders) for (const flag of flags) sent[one].add(flag);
}

function checkSighting({ id, end, states, witness }: Sighting, sent: Sent): readonly Complaint[] {
  const [state, ...others] = states ?? [];
  if (end === undefined || state === undefined || others.length > 0) return [];
  const missing = LEADS_TO[state]?.find(([whose, flag]) => !sent[whose === "own" ? end : otherEnd(end)].has(flag));
  if (missing === undefined) return [];
  const [whose, flag] = missing;
  const sender = whose === "own" ? end : otherEnd(end);
  return [
    complaint("states", `${id}: ${witness} saw the ${end} in ${state} before the ${sender} had sent any ${flag}`),
  ];
}

function isWholeTape(line: TimelineLine): boolean {
  return isNoteOf(line, "tape") && line.data?.complete === true;
}
