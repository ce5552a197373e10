// The observed machine as a table: every move that a segment brought about, held against figure 5 of RFC 9293.

import { ARROWS, NOTE_2, SYNCHRONISED } from "../../tcp/figure-5.ts";
import type { TcpState } from "../../tcp/state.ts";
import { formatPlaced, type ObservedEdge } from "./observed-machine.ts";

interface MoveRow {
  readonly from: TcpState;
  readonly to: TcpState;
  readonly figure: string;
  readonly edges: readonly ObservedEdge[];
}

export function MachineTable({ edges }: { readonly edges: readonly ObservedEdge[] }) {
  return (
    <table class="machine">
      <thead>
        <tr>
          {["from", "to", "figure 5", "upon / with the answer (where)"].map((head) => (
            <th scope="col" key={head}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rowsOf(edges).map(({ from, to, figure, edges: own }) => (
          <tr key={`${from} ${to} ${figure}`}>
            <td>{from}</td>
            <td>{to}</td>
            <td>{figure}</td>
            <td>{own.map(formatPlaced).join(", ")}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** In the order of the edges; those that change nothing are left out. */
function rowsOf(edges: readonly ObservedEdge[]): readonly MoveRow[] {
  const rows = new Map<string, ObservedEdge[]>();
  for (const edge of edges) {
    if (edge.from === edge.to) continue;
    const key = `${edge.from} ${edge.to} ${placeInFigure(edge)}`;
    rows.set(key, [...(rows.get(key) ?? []), edge]);
  }
  return [...rows.values()].flatMap((own) => {
    const [first] = own;
    return first === undefined ? [] : [{ from: first.from, to: first.to, figure: placeInFigure(first), edges: own }];
  });
}

/** The arrow of the figure that such a segment goes, or the note that speaks of it. */
export function placeInFigure({ from, to, segment }: ObservedEdge): string {
  const isReset = segment.startsWith("RST");
  if (isReset && to === "CLOSED" && (SYNCHRONISED as readonly TcpState[]).includes(from)) return "note 3";
  if (from === NOTE_2.from && to === NOTE_2.to) return "note 2";
  const arrow = ARROWS.find(
    (one) => one.from === from && one.to === to && one.event.includes("arrives") && isReset === /RST/.test(one.event),
  );
  return arrow === undefined ? "not drawn" : `arrow ${arrow.number}`;
}
