// What a claim is: a sentence somebody wrote, the value it gives, and the question whose answer decides it. Data only.

import type { End } from "../tcp/end.ts";
import type { TcpState } from "../tcp/state.ts";

/** Documented and seen have this one type, and never one variable. */
export type Value =
  | { readonly kind: "state"; readonly value: TcpState }
  | { readonly kind: "number"; readonly value: number }
  /** "server SYN ACK seq=0 ack=1": sender, flags, and the fields the claim names. */
  | { readonly kind: "segment"; readonly value: string }
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "duration-ms"; readonly value: number };

export const CAPABILITIES = [
  "namespace",
  "wire",
  "hold",
  "repair",
  "sysctl",
  "ipv6",
  "tracepoint",
  "tw-reuse-delay",
  "diag-destroy",
] as const;
/** What a machine must allow for a claim to be shown; each is found by trying it. */
export type Capability = (typeof CAPABILITIES)[number];

/** Which segment of a scene is meant: the nth (from 1; -1 is the last) of those that match. Repeats do not count unless asked for. */
export interface Pick {
  readonly end?: End;
  /** Exactly these flags: "SYN ACK". */
  readonly flags?: string;
  /** At least these flags: "FIN". */
  readonly having?: string;
  readonly carries?: "data" | "nothing";
  readonly nth?: number;
  /** Only what was first seen while this step was under way or stood. */
  readonly during?: string;
  /** `only`: repeats alone; `too`: originals and repeats. */
  readonly repeats?: "only" | "too";
  /** Default: what the kernel sent. */
  readonly origin?: "kernel" | "forged" | "altered";
}

export type SegmentField = "seq" | "ack" | "length" | "window" | "urgentPointer";

/** One number of one segment; "SYN", "ACK", ... is the bit itself: 0 or 1. */
export interface Operand {
  readonly pick: Pick;
  readonly field: SegmentField | "SYN" | "ACK" | "FIN" | "RST" | "PSH" | "URG" | "ECE" | "CWR";
}

/** Rules that src/verdict/answers/segment-rules.ts checks on every segment of a scene. */
export const SEGMENT_RULES = [
  "ack-present-after-first-syn",
  "seq-is-last-ack",
  "ack-follows-what-was-received",
  "repeated-fin-acknowledged-again",
  "closes-in-three-or-four",
  "initial-numbers-uniform",
  "initial-numbers-differ",
  "initial-numbers-unrelated",
  "initial-numbers-follow-the-clock",
  "data-is-acknowledged-by-its-length",
] as const;
export type SegmentRule = (typeof SEGMENT_RULES)[number];

/** The witnesses that cannot tell some states apart. */
export type BlindWitness = "tcp-info" | "tracepoint";

/**
 * The question that decides a claim, answered by src/verdict from the timeline alone. `after` and `of` name a step of
 * the scene: "client connect", "deliver SYN ACK", "deliver ACK #2". `socket`: the end's listener, not its connection.
 */
export type Question =
  | { readonly what: "state"; readonly end: End; readonly after: string; readonly socket?: "listener" }
  /** "SYN_SENT to SYN_RCVD": what one end's state was before and after a step. */
  | { readonly what: "transition"; readonly end: End; readonly of: string; readonly socket?: "listener" }
  /** "CLOSED or TIME_WAIT": the states that one witness by itself leaves open. */
  | { readonly what: "testimony"; readonly witness: BlindWitness; readonly end: End; readonly after: string }
  /** "each of them", or those of the scene's claims (by their local ids) that do not conform. */
  | { readonly what: "each"; readonly claims: readonly string[] }
  | {
      readonly what: "segment";
      readonly pick: Pick;
      readonly fields: readonly SegmentField[];
      /** Relative numbers count from the sender's (seq) or receiver's (ack) first sequence number in the scene. */
      readonly numbers: "relative" | "raw";
    }
  /** `of`, or the difference modulo 2^32 as a signed number. */
  | { readonly what: "number"; readonly of: Operand; readonly minus?: Operand }
  /** 0 is evidence of absence only on a complete tape. */
  | { readonly what: "count"; readonly pick: Pick }
  /** "ok", the value that came back, or an errno by name. */
  | { readonly what: "outcome"; readonly of: string }
  /** "every segment" or the first one that breaks the rule. */
  | { readonly what: "every"; readonly rule: SegmentRule; readonly pick?: Pick }
  /** "nothing else", or what was left on the wire and is in no claim's evidence. */
  | { readonly what: "left-over" }
  /** "the same segments", or where the first so many segments of the two scenes part. */
  | { readonly what: "same-segments"; readonly as: string; readonly first: number }
  /**
   * Time left on the timer that ss, netstat or procfs show; compared within `within` milliseconds. `since`: the last such
   * segment before the look started the timer, so that what has passed since then is added.
   */
  | {
      readonly what: "timer";
      readonly end: End;
      readonly after: string;
      readonly kind: string;
      readonly since?: Pick;
      readonly within: number;
    }
  | { readonly what: "counter"; readonly name: string; readonly of: string }
  /** The inode of an end's socket, by every witness that shows one; 0: it belongs to no process. */
  | { readonly what: "inode"; readonly end: End; readonly after: string }
  /** What one witness said of an end, in its own words. */
  | { readonly what: "said"; readonly by: string; readonly end: End; readonly after: string }
  /** What became of one encounter: "ACK seq=SND.NXT ack=RCV.NXT; ESTABLISHED". `of`: its step; `from`: where it must begin. */
  | {
      readonly what: "encounter";
      readonly end: End;
      readonly of: string;
      readonly from: TcpState;
      /** All that the documents allow, in the same notation, where they leave more than one thing open. */
      readonly permits: readonly string[];
    }
  /** Of a population: the length of an entry, or how many break a rule. `atLeast`: how many it must have had. */
  | {
      readonly what: "population";
      readonly figure: "shortest" | "longest" | "early" | "late" | "off-lattice";
      readonly atLeast?: number;
    }
  /** Of a growing population: the power with which the cost of a look grows, or whether an entry is "far smaller" than a connection. */
  | { readonly what: "growth"; readonly figure: "exponent" | "weight"; readonly within: number }
  /** A number or text that the lab measured and noted under this name. */
  | { readonly what: "measure"; readonly name: string; readonly within?: number };

/** One of the things that Linux is known to do where kernels differ. */
export interface Form {
  /** Words, permanent. */
  readonly id: string;
  /** Exactly what such a kernel shows. */
  readonly value: Value;
  /** The question that `value` answers, where it is another than the claim's own. */
  readonly ask?: Question;
  /** Which kernels do, and what they do: "Linux before 42726ec644cb (7.1, 6.18.33) drops it in silence." */
  readonly told: string;
}

/** A claim as the labs write it; lab/scene-claims.ts adds the lab, the scene and what the scene needs. */
export interface SceneClaim {
  /** Words, permanent: the last part of "handshake.documented-numbers.syn-ack-acknowledges". "": the scene itself is named for it. */
  readonly id: string;
  readonly ref?: string;
  readonly claim: string;
  readonly source: "document" | "rfc9293" | "rfc5961" | "rfc7323" | "rfc1122" | "rfc1337" | "linux" | "folklore";
  readonly cite: string;
  /** Under which condition the document's sentence holds. */
  readonly condition?: string;
  /** The claim that this one refines or corrects: its id in the same scene, or "<scene>.<id>". */
  readonly refines?: string;
  readonly documented: Value;
  readonly ask: Question;
  /** `contradicts` for a known slip of the document, a myth or a known deviation. Default: conforms. */
  readonly expected?: "conforms" | "contradicts";
  /** Where kernels differ: all that Linux is known to do. What is one of them is no surprise, whatever the verdict. */
  readonly forms?: readonly Form[];
  /** Beside what the scene and the question need. */
  readonly needs?: readonly Capability[];
  /** For refinements, errata and deviations: what really happens, in a few plain sentences. */
  readonly explanation?: string;
}

export interface Claim extends SceneClaim {
  /** Whole: "lab.scene.words". */
  readonly id: string;
  readonly scene: string;
  readonly expected: "conforms" | "contradicts";
  readonly needs: readonly Capability[];
}
