// Judges what somebody handed in: every verdict from timeline.jsonl and capture.pcapng alone, and whether the parts fit together.

import type { z } from "zod";
import { audit } from "../audit/audit.ts";
import { type EnvironmentFacts, environmentFacts } from "../audit/check-environment.ts";
import { otherClaims } from "../audit/check-verdict.ts";
import { type Complaint, complaint } from "../audit/complaint.ts";
import type { Claim } from "../claims/claim.ts";
import { type Capture, readPcapng } from "../evidence/capture/pcapng.ts";
import { sha256 } from "../evidence/sha256.ts";
import type { TimelineLine } from "../evidence/timeline.ts";
import { readTimeline } from "../evidence/timeline-file.ts";
import { runNoteData } from "../evidence/timeline-schema.ts";
import type { Lab } from "../lab/scene.ts";
import { type VerdictDocument, verdictDocument } from "../verdict/document-schema.ts";
import { verdictDocumentOf } from "../verdict/verdict-document.ts";
import { type Bundle, BundleError, type BundleFile } from "./bundle/bundle.ts";
import { refuseShape } from "./bundle/refuse-shape.ts";
import { refuseLongStreams } from "./refuse-long-streams.ts";

export interface Judgement {
  readonly name: string;
  readonly lab: Lab;
  readonly claims: readonly Claim[];
  readonly verdict: VerdictDocument;
  /** None: the evidence is consistent. */
  readonly complaints: readonly Complaint[];
  /** What is worth knowing and no fault. */
  readonly remarks: readonly string[];
  /** Design's 0 to 2; evidence that does not fit together is a disagreement, so at least 1. */
  readonly exit: 0 | 1 | 2;
  /** As environment.json told it, where it was there. */
  readonly environment: EnvironmentFacts | undefined;
}

/** With what it rests on: large, and not kept for a whole class. */
export interface JudgedEvidence extends Judgement {
  readonly lines: readonly TimelineLine[];
  readonly capture: Capture;
}

export interface Refusal {
  readonly name: string;
  readonly refused: string;
}

export type Judged = Judgement | Refusal;

export const isRefusal = (judged: Judged | JudgedEvidence): judged is Refusal => "refused" in judged;

/** Design's exit status of one folder: 3 where there is no verdict. */
export const exitOf = (judged: Judged): number => (isRefusal(judged) ? 3 : judged.exit);

export interface KnownLab {
  readonly lab: Lab;
  readonly claims: readonly Claim[];
}

/** By its id; throws an error that says so for one that is not known here. */
export type LabLoader = (lab: string) => Promise<KnownLab>;

/** Never throws: what cannot be judged is refused, in words. */
export async function judgeBundle(bundle: Bundle, loadLab: LabLoader): Promise<JudgedEvidence | Refusal> {
  try {
    return await judge(bundle, loadLab);
  } catch (error) {
    return { name: bundle.name, refused: wordsOf(error) };
  }
}

async function judge({ name, files }: Bundle, loadLab: LabLoader): Promise<JudgedEvidence> {
  const timeline = files["timeline.jsonl"];
  refuseShape("timeline.jsonl", timeline);
  const lines = readTimeline(decode("timeline.jsonl", timeline));
  refuseLongStreams(lines);
  const { lab, claims } = await loadLab(labOf(lines));
  const capture = readPcapng(files["capture.pcapng"]);
  const digests = { timeline: sha256(timeline), capture: sha256(files["capture.pcapng"]) };
  const verdict = verdictDocumentOf(claims, lines, digests);
  const inside = isAsWritten(files["verdict.json"], verdict)
    ? NOTHING_ELSE
    : readJson("verdict.json", files["verdict.json"], verdictDocument);
  const environment = readJson("environment.json", files["environment.json"], environmentFacts);
  const complaints = [
    ...[inside, environment].flatMap(({ complaints: own }) => own),
    ...audit({
      lines,
      capture,
      derived: verdict,
      ...(inside.read !== undefined && { inside: inside.read }),
      ...(environment.read !== undefined && { environment: environment.read }),
    }),
  ];
  const remarks =
    inside.read === undefined ? [] : [otherClaims(inside.read, verdict)].filter((one) => one !== undefined);
  const exit = complaints.length > 0 ? 1 : (verdict.exit as 0 | 1 | 2);
  return { name, lab, claims, verdict, complaints, remarks, exit, environment: environment.read, lines, capture };
}

function labOf([first]: readonly TimelineLine[]): string {
  if (first?.type !== "note" || first.topic !== "run")
    throw new BundleError("timeline.jsonl does not begin with the note that names its run");
  const { data, error } = runNoteData.safeParse(first.data);
  if (data !== undefined) return data.lab;
  const [issue] = error?.issues ?? [];
  throw new BundleError(`timeline.jsonl, line 1: data.${issue?.path.join(".")}: ${issue?.message}`);
}

/** What says, octet by octet, what is said here needs no second look: neither at its shape nor at its verdicts. */
const NOTHING_ELSE: { readonly read?: VerdictDocument; readonly complaints: readonly Complaint[] } = { complaints: [] };

/** As a run writes it. Null stands nowhere in a verdict document: it would be a number that is none. */
function isAsWritten(octets: Buffer | undefined, verdict: VerdictDocument): boolean {
  if (octets === undefined) return false;
  const text = `${JSON.stringify(verdict, null, 2)}\n`;
  return octets.equals(Buffer.from(text)) && !text.includes(": null");
}

/** What is wrong with these two is a complaint and no refusal: the verdict does not rest on them. */
function readJson<T>(
  name: BundleFile,
  octets: Buffer | undefined,
  schema: z.ZodType<T>,
): { read?: T; complaints: readonly Complaint[] } {
  if (octets === undefined) return { complaints: [] };
  const check = name === "verdict.json" ? "verdict" : "environment";
  try {
    refuseShape(name, octets);
    const { data, error } = schema.safeParse(JSON.parse(decode(name, octets)));
    if (data !== undefined) return { read: data, complaints: [] };
    const [issue] = error?.issues ?? [];
    return {
      complaints: [
        complaint(check, `${name} does not keep to its schema: ${issue?.path.join(".")}: ${issue?.message}`),
      ],
    };
  } catch (error) {
    return { complaints: [complaint(check, `${name} cannot be read: ${wordsOf(error)}`)] };
  }
}

function decode(name: string, octets: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(octets);
  } catch {
    throw new BundleError(`${name} is not UTF-8`);
  }
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 400);
