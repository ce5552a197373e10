// What somebody handed in: the files of one run, as octets that nobody has believed yet, and how many of them are taken.

export interface Bundle {
  /** Its folder, or the archive and the folder within: "ada.zip:handshake/2026-11-25T01-10-25Z-122a13". */
  readonly name: string;
  readonly files: BundleFiles;
}

export const EVIDENCE_FILES = ["timeline.jsonl", "capture.pcapng"] as const;
export const FURTHER_FILES = ["verdict.json", "environment.json"] as const;

export type EvidenceFile = (typeof EVIDENCE_FILES)[number];
export type BundleFile = EvidenceFile | (typeof FURTHER_FILES)[number];

/** The evidence must be there; what the run made of it may be. */
export type BundleFiles = Readonly<Record<EvidenceFile, Buffer> & Partial<Record<BundleFile, Buffer>>>;

const MEBIBYTE = 1 << 20;

/** Octets; some fifty times what the largest lab writes. */
export const LARGEST: Readonly<Record<BundleFile, number>> = {
  "timeline.jsonl": 64 * MEBIBYTE,
  "capture.pcapng": 64 * MEBIBYTE,
  "verdict.json": 64 * MEBIBYTE,
  "environment.json": MEBIBYTE,
};

/** Something in what was handed in is missing, too large, or built to do harm. The message does not name the bundle. */
export class BundleError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "BundleError";
  }
}

export const isBundleFile = (name: string): name is BundleFile => Object.hasOwn(LARGEST, name);

export function refuseLarge(name: BundleFile, octets: number): void {
  if (octets > LARGEST[name]) throw new BundleError(`${name} has ${octets} octets; at most ${LARGEST[name]} are read`);
}

/** Throws a BundleError where a part of the evidence is missing. */
export function bundleOf(name: string, files: Partial<Record<BundleFile, Buffer>>): Bundle {
  const missing = EVIDENCE_FILES.find((file) => files[file] === undefined);
  if (missing !== undefined) throw new BundleError(`${missing} is missing: hand in the whole folder of the run`);
  return { name, files: files as BundleFiles };
}
