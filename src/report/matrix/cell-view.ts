// The cells of a run's matrix as a report needs them: what the RFCs say, what was seen, and how the two compare.

import type { Action, SegmentLine, Sighting } from "../../evidence/timeline.ts";
import { type CellTable, cellsOfTable, tableNamed } from "../../rfc-model/cells/cell-table.ts";
import { type Cell, SITUATIONS } from "../../rfc-model/cells/segment-cells.ts";
import type { TcpState } from "../../tcp/state.ts";
import type { JudgedClaim } from "../../verdict/document-schema.ts";
import type { SceneEvidence } from "../../verdict/scene-evidence.ts";
import { isSurprise } from "../../verdict/summary.ts";
import type { SceneView } from "../view/run-view.ts";

/** deviation: Linux does otherwise than the RFCs, as it is known to; open: nobody saw what it does. */
export const VERDICT_CLASSES = ["conforms", "deviation", "open", "surprise"] as const;
export type VerdictClass = (typeof VERDICT_CLASSES)[number];

export interface CellView {
  readonly table: CellTable;
  readonly cell: Cell;
  readonly state: TcpState;
  readonly verdictClass: VerdictClass;
  /** What the RFCs say. */
  readonly documented: JudgedClaim;
  /** What Linux is known to do instead. */
  readonly onLinux?: JudgedClaim;
  readonly raw: CellEvidence;
}

export interface CellEvidence {
  readonly met?: SegmentLine;
  readonly answers: readonly SegmentLine[];
  /** The looks before and after. */
  readonly before: readonly Sighting[];
  readonly after: readonly Sighting[];
}

export function cellViewsOf(scenes: readonly SceneView[]): readonly CellView[] {
  return scenes.flatMap((scene) => {
    const table = tableNamed(scene.id);
    return table === undefined || scene.mode !== "encounters" ? [] : cellsOfScene(table, scene);
  });
}

function cellsOfScene(table: CellTable, { id, claims, evidence }: SceneView): readonly CellView[] {
  const prefix = claims[0]?.id.slice(0, claims[0].id.indexOf(`.${id}.`) + id.length + 2) ?? "";
  const byId = new Map(claims.map((claim) => [claim.id.slice(prefix.length), claim]));
  return cellsOfTable(table).flatMap((cell) => {
    const documented = byId.get(cell.id);
    const onLinux = byId.get(`${cell.id}-on-linux`);
    if (documented === undefined) return [];
    const { state } = SITUATIONS[cell.situation];
    const raw = evidenceOf(documented, cell, evidence);
    return [
      {
        table,
        cell,
        state,
        verdictClass: verdictClassOf(documented, onLinux),
        documented,
        ...(onLinux && { onLinux }),
        raw,
      },
    ];
  });
}

function verdictClassOf(documented: JudgedClaim, onLinux: JudgedClaim | undefined): VerdictClass {
  const judged = [documented, ...(onLinux === undefined ? [] : [onLinux])];
  if (judged.some(({ verdict }) => verdict === "unwitnessed" || verdict === "unsupported")) return "open";
  if (judged.some(isSurprise)) return "surprise";
  return documented.verdict === "conforms" ? "conforms" : "deviation";
}

function evidenceOf({ evidence: ids }: JudgedClaim, cell: Cell, evidence: SceneEvidence): CellEvidence {
  const segments = ids.flatMap((id) => evidence.segment(id) ?? []);
  const met = segments.find(({ origin }) => origin === "forged");
  const [meeting, reaching] = [actionOf("meet", cell, evidence), actionOf("reach", cell, evidence)];
  return {
    ...(met !== undefined && { met }),
    answers: segments.filter((line) => line !== met),
    before: reaching === undefined ? [] : evidence.look(reaching),
    after: meeting === undefined ? [] : evidence.look(meeting),
  };
}

const actionOf = (verb: "meet" | "reach", { id }: Cell, evidence: SceneEvidence): Action | undefined =>
  evidence.step(`${verb} ${id} again`) ?? evidence.step(`${verb} ${id}`);

/** "SYN_SENT", or what the witnesses could not narrow down. */
export const formatLook = (look: readonly Sighting[]): string => {
  const [first, ...others] = look.filter(({ states }) => states !== undefined);
  const common = first?.states?.filter((state) => others.every(({ states }) => states?.includes(state)));
  return common?.join(" or ") ?? "";
};

/** Of the kernels' known forms the one that was seen, where they differ. */
export const formOf = ({ documented, onLinux }: CellView): JudgedClaim["form"] => onLinux?.form ?? documented.form;

/** "acknowledgement-taken-out-of-order": the last word of its citation, or what only some kernels do. */
export function deviationOf(view: CellView): string | undefined {
  const { verdictClass, documented, onLinux } = view;
  if (verdictClass === "conforms") return undefined;
  const { verdict, expected } = onLinux ?? documented;
  const form = verdict === expected ? undefined : formOf(view);
  return form?.id ?? onLinux?.cite.split(": ").at(-1);
}
