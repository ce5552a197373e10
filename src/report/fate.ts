// What became of a segment on the wire: handed on, lost, handed on twice, changed, or nothing that the lab decided.

import type { Action, SegmentLine } from "../evidence/timeline.ts";
import { otherEnd } from "../tcp/end.ts";
import type { TcpState } from "../tcp/state.ts";
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
  private readonly scene: SceneView;

  constructor(scene: SceneView) {
    const { evidence } = scene;
    this.scene = scene;
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

  /** Whether it came to its receiver: handed on, never held, or sent to a state that no gate guards. */
  arrives(line: SegmentLine): boolean {
    const fate = this.of(line);
    if (fate !== undefined) return fate.kind !== "dropped";
    return this.scene.mode === "free" || this.spellEnd(line).startsWith(AT_ONCE);
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
    if (this.scene.mode === "free") return "";
    const ungated = UNGATED[this.receiverBefore(line) ?? "LISTEN"];
    return ungated === undefined ? "not decided on" : `${AT_ONCE}: ${ungated}`;
  }

  /** The state of the end that a segment was sent to, as it was seen before the step in which it was sent. */
  private receiverBefore(line: SegmentLine): TcpState | undefined {
    const { moments } = this.scene;
    const sentIn = moments.findIndex(({ sent }) => sent.includes(line));
    const before = moments
      .slice(0, Math.max(0, sentIn))
      .findLast(({ states }) => states[otherEnd(line.end)] !== undefined);
    const states = before?.states[otherEnd(line.end)] ?? [];
    return states.length === 1 ? states[0] : undefined;
  }

  private frame(id: string | undefined): number | string {
    return this.originals.get(id ?? "")?.frame ?? "?";
  }
}

const AT_ONCE = "arrived at once";

/** No filter stands before these: a TIME_WAIT entry is no socket, and of a CLOSED end there is none. */
const UNGATED: Readonly<Partial<Record<TcpState, string>>> = {
  TIME_WAIT: "TIME_WAIT has no gate",
  CLOSED: "no socket was there",
};

const WORDS: Readonly<Record<Fate["kind"], string>> = {
  delivered: "handed on",
  dropped: "lost",
  duplicated: "handed on twice",
};
