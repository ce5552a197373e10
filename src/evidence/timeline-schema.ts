// The lines of timeline.jsonl as zod schemas: the format's source. Loaded only where a file is read.

import { z } from "zod";
import { ENDS } from "../tcp/end.ts";
import { FLAGS } from "../tcp/flags.ts";
import { STATES } from "../tcp/state.ts";
import { PERSON_NAME } from "./personal-alphabet.ts";
import { SOURCES, WITNESS_NAMES } from "./witnesses.ts";

/** CLOCK_REALTIME as it stood when the run began, carried on by CLOCK_MONOTONIC; seconds and nine decimals: "1795332041.017212600". */
const instant = z.string().regex(/^\d{1,12}\.\d{9}$/);
const uint32 = z.int().min(0).max(0xffffffff);
const port = z.int().min(0).max(0xffff);
const lineId = z.string().regex(/^e\d+$/);
const endpoint = z.strictObject({ address: z.string(), port });

const line = { id: lineId, at: instant };
const sceneLine = { ...line, scene: z.string() };

/** What a user call or a fate on the wire came back with; `error` is an errno by name. */
const outcome = z.union([
  z.strictObject({ ok: z.literal(true), value: z.union([z.string(), z.number()]).optional() }),
  z.strictObject({ ok: z.literal(false), error: z.string(), code: z.string().optional() }),
]);

/** One verb of the lab. `step` is its permanent name in the scene: "deliver SYN ACK", "client send #2". */
export const actionLine = z.strictObject({
  type: z.literal("action"),
  ...sceneLine,
  step: z.string(),
  actor: z.enum([...ENDS, "wire", "lab"]),
  sentence: z.string(),
  outcome,
  /** For a fate on the wire: what became of which segments. */
  fate: z.enum(["delivered", "dropped", "duplicated"]).optional(),
  segments: z.array(lineId).optional(),
});

/** One frame of the tape, or one that the lab forged or altered (`origin`), as it stood on the wire. */
export const segmentLine = z.strictObject({
  type: z.literal("segment"),
  ...sceneLine,
  /** Number of the packet in capture.pcapng, from 1. */
  frame: z.int().min(1),
  origin: z.enum(["kernel", "forged", "altered"]),
  /** The original of an altered segment. */
  alters: lineId.optional(),
  /** A segment that this one sends again, in whole or in part. */
  repeats: lineId.optional(),
  end: z.enum(ENDS),
  from: endpoint,
  to: endpoint,
  flags: z.array(z.enum(FLAGS)),
  seq: uint32,
  ack: uint32,
  /** Octets of payload. */
  length: z.int().min(0),
  /** Octets of payload of each segment that the kernel counts this frame as (skb_shared_info.gso_size); absent: it is one. */
  gsoSize: z.int().min(1).max(0xffff).optional(),
  window: z.int().min(0).max(0xffff),
  urgentPointer: z.int().min(0).max(0xffff),
  /** As spelled by src/tcp/segment-codec.ts: "mss 65495", "timestamps 1 0". */
  options: z.array(z.string()),
  /** IP and TCP header, hexadecimal, as captured. */
  header: z.string().regex(/^[0-9a-f]*$/),
});

/** What one witness read of one end in one look: the states that are compatible with it, or how counters grew. */
export const sightingLine = z.strictObject({
  type: z.literal("sighting"),
  ...sceneLine,
  /** The action after which the look was taken. */
  after: lineId,
  witness: z.enum(WITNESS_NAMES),
  source: z.enum(SOURCES),
  end: z.enum(ENDS).optional(),
  /** Where it is the end's listener that was read, beside its connection. */
  socket: z.literal("listener").optional(),
  states: z.array(z.enum(STATES)).optional(),
  /** The line that was read; "" where the end is absent from a complete listing. */
  raw: z.string(),
  /** Read from `raw` by src/dialect, where a claim needs more than the state. */
  timer: z.strictObject({ kind: z.string(), milliseconds: z.number(), retransmissions: z.int() }).nullable().optional(),
  /** Of the socket; 0 where it belongs to no process, as a TIME_WAIT does. */
  inode: z.int().min(0).optional(),
  /** Growth since the look before, only what grew: "TcpExt.TCPChallengeACK". */
  counters: z.record(z.string(), z.int()).optional(),
});

/** What --student and --nonce take. */
export const personName = z.string().regex(PERSON_NAME);

/** The data of the note that a timeline begins with: which run it is, whose, and what its machine could show. */
export const runNoteData = z.looseObject({
  id: z.string(),
  lab: z.string(),
  startedAt: z.iso.datetime(),
  tool: z.string(),
  kernel: z.string(),
  student: personName.optional(),
  nonce: personName.optional(),
  capabilities: z.array(z.string()),
  missing: z.record(z.string(), z.string()),
  /** First and last of the local ports that the tracepoint heard of: about others its silence means nothing. */
  tracepoint: z.looseObject({ ports: z.array(z.tuple([z.int(), z.int()])) }).optional(),
});

/** What is neither done nor seen but must be known: the run, a scene's setting, the tape's completeness, a fault. */
export const noteLine = z.strictObject({
  type: z.literal("note"),
  ...line,
  scene: z.string().optional(),
  topic: z.string(),
  text: z.string(),
  data: z.record(z.string(), z.json()).optional(),
});

export const timelineLine = z.discriminatedUnion("type", [actionLine, segmentLine, sightingLine, noteLine]);
