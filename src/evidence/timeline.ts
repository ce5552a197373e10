// The timeline: every action, segment, sighting and note of a run, in order. The format itself, for files, is timeline-schema.ts.

import type { z } from "zod";
import type { actionLine, noteLine, segmentLine, sightingLine } from "./timeline-schema.ts";

export const WITNESSES = [
  "wire",
  "ss",
  "netstat",
  "procfs",
  "sock-diag",
  "tcp-info",
  "counters",
  "tracepoint",
  "application",
] as const;
/** `application` is the program that made a user call: it knows what the call returned, and nothing else. */
export type WitnessName = (typeof WITNESSES)[number];

/** The part of the kernel a witness reads: two witnesses of one source are not independent. */
export const SOURCES = ["wire", "inet_diag", "proc", "getsockopt", "tracepoint", "syscall"] as const;
export type Source = (typeof SOURCES)[number];

export const FATES = ["delivered", "dropped", "duplicated"] as const;

export const SOURCE_OF: Readonly<Record<WitnessName, Source>> = {
  wire: "wire",
  ss: "inet_diag",
  netstat: "proc",
  procfs: "proc",
  "sock-diag": "inet_diag",
  "tcp-info": "getsockopt",
  counters: "proc",
  tracepoint: "tracepoint",
  application: "syscall",
};

type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;
export type Action = DeepReadonly<z.infer<typeof actionLine>>;
export type SegmentLine = DeepReadonly<z.infer<typeof segmentLine>>;
export type Sighting = DeepReadonly<z.infer<typeof sightingLine>>;
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };
export type Note = Readonly<Omit<z.infer<typeof noteLine>, "data">> & {
  readonly data?: Readonly<Record<string, Json>>;
};
export type TimelineLine = Action | SegmentLine | Sighting | Note;
