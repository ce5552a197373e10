// A run of open-and-close that was recorded once and is kept: evidence for tests on machines that can record none.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sha256 } from "../evidence/sha256.ts";
import { readTimeline } from "../evidence/timeline-file.ts";
import type { BundleFiles } from "../handed-in/bundle/bundle.ts";
import type { KnownLab } from "../handed-in/judge-bundle.ts";
import { claimsOf } from "../lab/scene-claims.ts";
import { verdictDocumentOf } from "../verdict/verdict-document.ts";
import { runLabProcess, temporaryFolder, whyNoNamespace } from "./lab-process.ts";
import openAndClose from "./open-and-close.ts";

const FOLDER = new URL("fixtures/open-and-close/", import.meta.url);

const KNOWN: KnownLab = { lab: openAndClose, claims: claimsOf(openAndClose) };

export async function onlyOpenAndClose(id: string): Promise<KnownLab> {
  if (id !== KNOWN.lab.id) throw new Error(`a run of lab "${id}", which is not known here`);
  return KNOWN;
}

/** Its verdict.json is derived here, so that claims may change without recording it anew. */
export function recordedFiles(): BundleFiles & { "verdict.json": Buffer; "environment.json": Buffer } {
  const read = (name: string) => readFileSync(new URL(name, FOLDER));
  const [timeline, capture] = [read("timeline.jsonl"), read("capture.pcapng")];
  return {
    "timeline.jsonl": timeline,
    "capture.pcapng": capture,
    "environment.json": read("environment.json"),
    "verdict.json": verdictFileOf(timeline, capture),
  };
}

function verdictFileOf(timeline: Buffer, capture: Buffer): Buffer {
  const digests = { timeline: sha256(timeline), capture: sha256(capture) };
  const verdict = verdictDocumentOf(KNOWN.claims, readTimeline(timeline.toString()), digests);
  return Buffer.from(`${JSON.stringify(verdict, null, 2)}\n`);
}

/** The same lab played on this machine; why not, where it cannot. */
export async function recordOpenAndClose(): Promise<ReturnType<typeof recordedFiles> | { readonly missing: string }> {
  const missing = await whyNoNamespace();
  if (missing !== undefined) return { missing };
  using out = temporaryFolder();
  await runLabProcess(fileURLToPath(new URL("open-and-close.ts", import.meta.url)), out.path, ["--student", "ada"]);
  const lab = join(out.path, openAndClose.id);
  const read = (name: string) => readFileSync(join(lab, readdirSync(lab)[0] ?? "", name));
  return {
    "timeline.jsonl": read("timeline.jsonl"),
    "capture.pcapng": read("capture.pcapng"),
    "environment.json": read("environment.json"),
    "verdict.json": read("verdict.json"),
  };
}
