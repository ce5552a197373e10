// What a claim is: a sentence somebody wrote, the value it gives, and the question whose answer decides it. Data only.

import type { TcpState } from "../tcp/state.ts";
import type { Question } from "./question.ts";

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
