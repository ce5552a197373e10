// The table of states and segments: its situations, segments, places and acknowledgements, and the cells they span.

import { type Flag, readFlags } from "../../tcp/flags.ts";
import { segmentLength } from "../../tcp/segment.ts";
import type { TcpState } from "../../tcp/state.ts";

export interface Situation {
  readonly state: TcpState;
  readonly opened: "passively" | "actively";
  /** Sent and not acknowledged: our SYN or our FIN. */
  readonly outstanding: 0 | 1;
  /** What of its numbers the end has: none, only its own, or both directions'. */
  readonly numbers: "none" | "own" | "both";
}

const both = (state: TcpState, outstanding: 0 | 1): Situation => ({
  state,
  opened: "actively",
  outstanding,
  numbers: "both",
});

/** By the way that leads there. */
export const SITUATIONS = {
  closed: { state: "CLOSED", opened: "passively", outstanding: 0, numbers: "none" },
  listen: { state: "LISTEN", opened: "passively", outstanding: 0, numbers: "none" },
  "syn-sent": { state: "SYN_SENT", opened: "actively", outstanding: 1, numbers: "own" },
  "syn-rcvd": { ...both("SYN_RCVD", 1), opened: "passively" },
  "syn-rcvd-crossing": both("SYN_RCVD", 1),
  established: both("ESTABLISHED", 0),
  "fin-wait-1": both("FIN_WAIT_1", 1),
  "fin-wait-2": both("FIN_WAIT_2", 0),
  "close-wait": both("CLOSE_WAIT", 0),
  closing: both("CLOSING", 1),
  "last-ack": both("LAST_ACK", 1),
  "time-wait": both("TIME_WAIT", 0),
  "time-wait-from-closing": both("TIME_WAIT", 0),
  "time-wait-from-fin-wait-1": both("TIME_WAIT", 0),
} as const satisfies Readonly<Record<string, Situation>>;
export type SituationName = keyof typeof SITUATIONS;
export const SITUATION_NAMES = Object.keys(SITUATIONS) as readonly SituationName[];
/** Those in which both ends have agreed on timestamps, or are about to. */
export const TIMESTAMPED = SITUATION_NAMES.filter((name) => SITUATIONS[name].numbers === "both");

interface SegmentKind {
  readonly flags: string;
  readonly payload: "" | "x";
  readonly urgentPointer: 0 | 1;
}

const bare = (flags: string): SegmentKind => ({ flags, payload: "", urgentPointer: 0 });

export const SEGMENTS = {
  syn: bare("SYN"),
  "syn-ack": bare("SYN ACK"),
  "syn-fin": bare("SYN FIN"),
  ack: bare("ACK"),
  fin: bare("FIN"),
  "fin-ack": bare("FIN ACK"),
  rst: bare("RST"),
  "rst-ack": bare("RST ACK"),
  data: { flags: "PSH ACK", payload: "x", urgentPointer: 0 },
  urgent: { flags: "URG ACK", payload: "x", urgentPointer: 1 },
} as const satisfies Readonly<Record<string, SegmentKind>>;
export type SegmentName = keyof typeof SEGMENTS;

export const PLACES = ["before", "next", "middle", "last", "past"] as const;
/** Of the sequence number: wholly before the window, at RCV.NXT, inside, the window's last number, the first one past it. */
export type Place = (typeof PLACES)[number];

export const ACKNOWLEDGEMENTS = ["old", "next", "beyond"] as const;
/** SND.NXT - 1, SND.NXT (all that was sent), SND.NXT + 1 (not yet sent). */
export type Acknowledgement = (typeof ACKNOWLEDGEMENTS)[number];

export const TIMESTAMPS = ["valid", "old", "absent"] as const;
export type Timestamp = (typeof TIMESTAMPS)[number];

export interface Cell {
  /** Words: "fin-ack-next-old". */
  readonly id: string;
  readonly situation: SituationName;
  readonly segment: SegmentName;
  /** Absent where the end has no RCV.NXT yet. */
  readonly place?: Place;
  /** Absent where the segment has no ACK, or the end no SND.NXT. */
  readonly acknowledgement?: Acknowledgement;
  /** Absent where timestamps were not agreed on. */
  readonly timestamp?: Timestamp;
}

export const flagsOfSegment = (name: SegmentName): readonly Flag[] => readFlags(SEGMENTS[name].flags) ?? [];

/** Octets of text. */
export const textOf = (name: SegmentName): number => SEGMENTS[name].payload.length;

/** From RCV.NXT, in a receive window of so many octets. */
export function seqPlus(place: Place, segment: SegmentName, window: number): number {
  switch (place) {
    case "before":
      return -Math.max(1, segmentLength({ flags: flagsOfSegment(segment), length: textOf(segment) }));
    case "next":
      return 0;
    case "middle":
      return Math.floor(window / 2);
    case "last":
      return window - 1;
    case "past":
      return window;
  }
}

/** From SND.NXT. */
export const ACK_PLUS: Readonly<Record<Acknowledgement, number>> = { old: -1, next: 0, beyond: 1 };

export const SEGMENT_NAMES = Object.keys(SEGMENTS) as readonly SegmentName[];

/** Every cell of one situation without timestamps. */
export function cellsOf(situation: SituationName): readonly Cell[] {
  const { numbers } = SITUATIONS[situation];
  const places = numbers === "both" ? PLACES : [undefined];
  return SEGMENT_NAMES.flatMap((segment) => {
    const hasAck = numbers !== "none" && flagsOfSegment(segment).includes("ACK");
    const acknowledgements = hasAck ? ACKNOWLEDGEMENTS : [undefined];
    return places.flatMap((place) => acknowledgements.map((ack) => cell(situation, segment, place, ack)));
  });
}

/** PAWS decides before the acknowledgement is looked at: that one stays SND.NXT. */
export function timestampedCellsOf(situation: SituationName): readonly Cell[] {
  return cellsOf(situation)
    .filter(({ acknowledgement }) => acknowledgement === undefined || acknowledgement === "next")
    .flatMap((one) => TIMESTAMPS.map((timestamp) => ({ ...one, id: `${one.id}-${timestamp}`, timestamp })));
}

function cell(
  situation: SituationName,
  segment: SegmentName,
  place: Place | undefined,
  acknowledgement: Acknowledgement | undefined,
): Cell {
  return {
    id: [segment, place, acknowledgement === undefined ? undefined : `ack-${acknowledgement}`]
      .filter((word) => word !== undefined)
      .join("-"),
    situation,
    segment,
    ...(place !== undefined && { place }),
    ...(acknowledgement !== undefined && { acknowledgement }),
  };
}
