// How a report spells values, verdicts and witnesses: one notation for what is documented and what was seen.

import type { Value } from "../../claims/claim.ts";
import type { SegmentLine } from "../../evidence/timeline.ts";
import type { WitnessName } from "../../evidence/witnesses.ts";
import type { End } from "../../tcp/end.ts";
import { formatFlags } from "../../tcp/flags.ts";
import type { TcpState } from "../../tcp/state.ts";
import type { JudgedClaim, Verdict } from "../../verdict/document-schema.ts";
import { isExpected } from "../../verdict/summary.ts";
import { printable } from "./printable.ts";
import type { Moment, SceneView } from "./run-view.ts";

/** "SYN_RCVD", "1234568", "60003 ms". */
export const formatValue = (value: Value): string =>
  value.kind === "duration-ms" ? `${value.value} ms` : printable(String(value.value));

/** What was seen; where no one value was, what each witness said instead. */
export const formatSeen = ({ seen, verdict, because }: Pick<JudgedClaim, "seen" | "verdict" | "because">): string => {
  if (seen !== undefined) return formatValue(seen);
  return verdict === "disagree" ? because.map(printable).join("; ") : "";
};

export const MARK: Readonly<Record<Verdict, string>> = {
  conforms: "✔",
  contradicts: "✘",
  disagree: "≠",
  unwitnessed: "?",
  unsupported: "–",
};

/** "✔ conforms", "✘ contradicts, as expected": with a word to the mark wherever it is not what one would hope for. */
export const formatVerdict = (claim: Pick<JudgedClaim, "verdict" | "expected" | "form">): string =>
  `${MARK[claim.verdict]} ${claim.verdict}${formatExpectation(claim)}`;

function formatExpectation(claim: Pick<JudgedClaim, "verdict" | "expected" | "form">): string {
  const { verdict, expected } = claim;
  if (verdict !== expected && isExpected(claim)) return ", as some kernels are known to";
  if (verdict === "contradicts" && expected === "contradicts") return ", as expected";
  return verdict === "conforms" && expected === "contradicts" ? ", against expectation" : "";
}

/** What a claim's author explains, unless another kernel's form was seen, and what is known of the form that was. */
export const explanationsOf = ({ verdict, expected, explanation, form }: JudgedClaim): readonly string[] => [
  ...(explanation === undefined || (form !== undefined && verdict !== expected) ? [] : [printable(explanation)]),
  ...(form === undefined ? [] : [printable(form.told)]),
];

/** "ss, netstat, procfs (2 sources)": two witnesses that read the same part of the kernel are one source. */
export function formatWitnesses({ witnesses, sources }: Pick<JudgedClaim, "witnesses" | "sources">): string {
  const count =
    sources.length === witnesses.length ? "" : ` (${sources.length} source${sources.length === 1 ? "" : "s"})`;
  return `${witnesses.join(", ")}${count}`;
}

/** Who says so: "the document, three-way handshake", "RFC 9293 §3.4". */
export const formatSource = ({ cite }: Pick<JudgedClaim, "cite">): string => printable(cite);

/** In place of a line where a witness read none: by what it knows that the end is CLOSED. */
export const formatAbsence = (witness: WitnessName): string =>
  witness === "tracepoint" ? "it heard of no change of its state" : "absent from a complete listing";

export const formatStates = (states: readonly TcpState[] | undefined): string => {
  if (states === undefined) return "";
  return states.length === 0 ? "the witnesses disagree" : states.join(" or ");
};

/** "SYN ACK seq=0 ack=1"; `numbers`: raw as on the wire, or relative. */
export function formatSegment(
  line: SegmentLine,
  numbers: { readonly seq: number; readonly ack: number } = line,
): string {
  const ack = line.flags.includes("ACK") ? ` ack=${numbers.ack}` : "";
  const length = line.length > 0 ? ` length=${line.length}` : "";
  return `${formatFlags(line.flags)} seq=${numbers.seq}${ack}${length}`;
}

/** An end's states as words, where they are others than at the look before. */
export function changedStates({ number, states }: Moment, { moments }: SceneView, end: End): string | undefined {
  const before = moments.slice(0, number - 1).findLast((moment) => moment.states[end] !== undefined);
  const now = formatStates(states[end]);
  return now === "" || now === formatStates(before?.states[end]) ? undefined : now;
}
