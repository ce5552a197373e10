// What every report is made of: a lab, its claims and verdicts, the evidence and the machine, looked at scene by scene.

import type { Claim } from "../../claims/claim.ts";
import type { DocumentedPath } from "../../claims/path.ts";
import { SCENE_MODES, type SceneMode } from "../../evidence/scene-modes.ts";
import { type Action, byScene, type Note, type SegmentLine, type TimelineLine } from "../../evidence/timeline.ts";
import { tableNamed } from "../../rfc-model/cells/cell-table.ts";
import { ENDS, type End } from "../../tcp/end.ts";
import { STATES, type TcpState } from "../../tcp/state.ts";
import type { JudgedClaim, VerdictDocument } from "../../verdict/document-schema.ts";
import { SceneEvidence } from "../../verdict/scene-evidence.ts";

/** What a report needs of environment.json; what a machine would not tell is absent. */
export interface EnvironmentView {
  readonly kernel: string;
  readonly kernelBuild?: string;
  readonly machine?: string;
  readonly configHz?: number;
  /** Pages that all TCP of the host had in use at the end. */
  readonly tcpMemory?: number;
  readonly node?: string;
  readonly tools?: Readonly<Record<string, string>>;
  readonly sysctls?: {
    readonly host?: Readonly<Record<string, string>>;
    readonly namespace?: Readonly<Record<string, string>>;
    readonly asked?: Readonly<Record<string, string>>;
    readonly unpinned?: Readonly<Record<string, string>>;
  };
  readonly missing?: Readonly<Record<string, string>>;
  readonly witnesses?: readonly string[];
  readonly absentWitnesses?: Readonly<Record<string, string>>;
}

export interface RunView {
  readonly lab: {
    readonly id: string;
    readonly question: string;
    readonly scenes: readonly {
      readonly id: string;
      readonly title: string;
      readonly mode: SceneMode;
      readonly documented?: DocumentedPath;
      readonly isn?: Readonly<Partial<Record<End, number>>>;
      readonly established?: Readonly<Record<End, number>>;
    }[];
  };
  readonly claims: readonly Claim[];
  readonly verdict: VerdictDocument;
  readonly timeline: readonly TimelineLine[];
  readonly environment: EnvironmentView;
  /** The report asks its questions, and leaves the answers to the student. */
  readonly worksheet?: boolean;
  /** SVG documents by the names of their files, where they have been drawn. */
  readonly pictures?: Readonly<Record<string, string>>;
}

/** A step of a scene with what followed it, until the next step. */
export interface Moment {
  /** From 1, within the scene. */
  readonly number: number;
  readonly action: Action;
  /** What was sent while the step was under way or stood. */
  readonly sent: readonly SegmentLine[];
  /** What all witnesses of the look agree on: one state, several where nobody can tell, none where they disagree. */
  readonly states: Readonly<Partial<Record<End, readonly TcpState[]>>>;
}

export interface SceneView {
  readonly id: string;
  readonly title: string;
  readonly mode: SceneMode;
  readonly documented?: DocumentedPath;
  /** What both ends are before the first step: no socket is there, or TCP_REPAIR made them so. */
  readonly begins: "CLOSED" | "ESTABLISHED";
  /** How sequence numbers are told: as on the wire where the lab chose them, else counted from each end's first. */
  readonly numbers: "raw" | "relative";
  readonly moments: readonly Moment[];
  readonly evidence: SceneEvidence;
  /** The note that a scene begins with; absent where it was not played. */
  readonly setting?: Note;
  readonly claims: readonly JudgedClaim[];
}

/** In the order of the lab, played or not. */
export function scenesOf({ lab, verdict, timeline }: RunView): readonly SceneView[] {
  const [linesOf, claimsOf] = [byScene(timeline), byScene(verdict.claims)];
  return lab.scenes.map((scene) => {
    const lines = linesOf.get(scene.id) ?? [];
    const evidence = new SceneEvidence(lines);
    const setting = evidence.note("scene");
    return {
      id: scene.id,
      title: scene.title,
      mode: scene.mode,
      ...(scene.documented !== undefined && { documented: scene.documented }),
      begins: scene.established === undefined ? "CLOSED" : "ESTABLISHED",
      numbers: scene.documented?.numbers ?? ((scene.isn ?? scene.established) ? "raw" : "relative"),
      // Of encounters there may be hundreds, and none is a step of a story.
      moments: !SCENE_MODES[scene.mode].story ? [] : momentsOf(lines, evidence),
      evidence,
      ...(setting !== undefined && { setting }),
      claims: claimsOf.get(scene.id) ?? [],
    };
  });
}

/** `lines`: of one scene, as far as it was played. */
export function momentsOf(lines: readonly TimelineLine[], evidence: SceneEvidence): readonly Moment[] {
  const sent = new Map<Action, SegmentLine[]>(evidence.actions.map((action) => [action, []]));
  // What was sent before the first step, if anything was, is told with it.
  let [current] = evidence.actions;
  for (const line of lines) {
    if (line.type === "action") current = line;
    else if (line.type === "segment" && current !== undefined) sent.get(current)?.push(line);
  }
  return evidence.actions.map((action, index) => ({
    number: index + 1,
    action,
    sent: sent.get(action) ?? [],
    states: statesSeen(evidence, action),
  }));
}

function statesSeen(evidence: SceneEvidence, action: Action): Moment["states"] {
  const look = evidence.look(action).filter(({ states, socket }) => states !== undefined && socket === undefined);
  return Object.fromEntries(
    ENDS.flatMap((end) => {
      const own = look.filter((sighting) => sighting.end === end);
      if (own.length === 0) return [];
      return [[end, STATES.filter((state) => own.every(({ states = [] }) => states.includes(state)))]];
    }),
  );
}

/** The part of a run that is told scene by scene and claim by claim; of the tables of cells src/report/matrix tells. */
export function storiesOf(
  view: RunView,
  scenes: readonly SceneView[],
): { readonly view: RunView; readonly scenes: readonly SceneView[] } {
  const stories = scenes.filter(({ mode, id }) => SCENE_MODES[mode].story || tableNamed(id) === undefined);
  if (stories.length === scenes.length) return { view, scenes };
  const claims = stories.flatMap((scene) => scene.claims);
  return { view: { ...view, verdict: { ...view.verdict, claims } }, scenes: stories };
}
