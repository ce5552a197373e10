// What became of a segment on the wire: handed on, lost, handed on twice, changed, or nothing that the lab decided.

import type { Action, SegmentLine } from "../evidence/timeline.ts";
import type { SceneView } from "./run-view.ts";

export interface Fate {
  readonly action: Action;
  readonly kind: NonNullable<Action["fate"]>;
}

export class Fates {
  private readonly fates = new Map<string, Fate>();
  private readonly alteredBy = new Map<string, SegmentLine>();
  private readonly originals = new Map<string, SegmentLine>();
  private readonly held: ReadonlySet<unknown>;
  private readonly stepped: boolean;

  constructor({ evidence, mode }: SceneView) {
    this.stepped = mode === "stepped";
    for (const action of evidence.actions)
      for (const id of action.segments ?? [])
        if (action.fate !== undefined) this.fates.set(id, { action, kind: action.fate });
    for (const line of evidence.segments) {
      this.originals.set(line.id, line);
      if (line.alters !== undefined) this.alteredBy.set(line.alters, line);
    }
    const held = evidence.note("held")?.data?.segments;
    this.held = new Set(Array.isArray(held) ? held : []);
  }

  of(line: SegmentLine): Fate | undefined {
    return this.fates.get(line.id);
  }

  isAltered(line: SegmentLine): boolean {
    return this.alteredBy.has(line.id);
  }

  /** "handed on (deliver SYN)", "changed into frame 4", "arrived at once". */
  spell(line: SegmentLine): string {
    return [this.spellOrigin(line), this.spellEnd(line)].filter((part) => part !== "").join("; ");
  }

  private spellOrigin({ origin, alters, repeats }: SegmentLine): string {
    if (origin === "forged") return "forged by the lab";
    if (origin === "altered") return `changed from frame ${this.frame(alters)}`;
    return repeats === undefined ? "" : `repeats frame ${this.frame(repeats)}`;
  }

  private spellEnd(line: SegmentLine): string {
    const fate = this.of(line);
    if (fate !== undefined) return `${WORDS[fate.kind]} (${fate.action.step})`;
    const altered = this.alteredBy.get(line.id);
    if (altered !== undefined) return `held; frame ${altered.frame} was handed on in its stead`;
    if (this.held.has(line.id)) return "left on the wire";
    return this.stepped ? "not handed on" : "";
  }

  private frame(id: string | undefined): number | string {
    return this.originals.get(id ?? "")?.frame ?? "?";
  }
}

const WORDS: Readonly<Record<Fate["kind"], string>> = {
  delivered: "handed on",
  dropped: "lost",
  duplicated: "handed on twice",
};
