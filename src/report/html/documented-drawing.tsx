// The document's table of a path as inline SVG: client states left, segments between, server states right, and how each row fared.

import type { DocumentedPath } from "../../claims/path.ts";
import { ENDS, type End } from "../../tcp/end.ts";
import type { JudgedClaim } from "../../verdict/document-schema.ts";
import { formatSeen, formatVerdict, formatWitnesses, MARK } from "../view/format.ts";
import { type LadderRow, ladderRows } from "../view/ladder-row.ts";
import { verdictToneOf } from "./verdict-tone.ts";

const WIDTH = 400;
const X: Readonly<Record<End, number>> = { client: 98, server: WIDTH - 98 };
const BADGE_WIDTH = 92;
/** Between a lifeline and the middle of a badge beside it. */
const BESIDE: Readonly<Record<End, number>> = { client: -5 - BADGE_WIDTH / 2, server: 5 + BADGE_WIDTH / 2 };
const ROW = 30;
const TOP = 24;

export function DocumentedDrawing({
  path,
  claims,
}: {
  readonly path: DocumentedPath;
  readonly claims: readonly JudgedClaim[];
}) {
  const rows = ladderRows(path, claims);
  const height = TOP + rows.length * ROW + 6;
  return (
    <svg
      class="ladder documented"
      viewBox={`0 0 ${WIDTH} ${height}`}
      role="img"
      aria-label={`${path.title}, as documented: ${rows.map(formatRow).join("; ")}`}
    >
      {ENDS.map((end) => (
        <g class={`lifeline ${end}`} key={end}>
          <line x1={X[end]} x2={X[end]} y1={TOP - 6} y2={height} />
          <text class="end-name" x={X[end]} y={13}>
            {end}
          </text>
        </g>
      ))}
      {rows.map((row, index) => (
        <Row row={row} y={TOP + index * ROW + ROW / 2} key={index} />
      ))}
    </svg>
  );
}

const formatRow = ({ client, server, segment, judged }: LadderRow): string => {
  const what =
    segment === undefined
      ? [client && `client ${client}`, server && `server ${server}`].filter(Boolean).join(", ")
      : `${segment.from} sends ${segment.text}`;
  return `${what}: ${judged.map(formatVerdict).join(", ")}`;
};

function Row({ row, y }: { readonly row: LadderRow; readonly y: number }) {
  const { segment, judged } = row;
  if (segment !== undefined) {
    const [from, to] = segment.from === "client" ? [X.client, X.server] : [X.server, X.client];
    const back = segment.from === "client" ? -7 : 7;
    return (
      <g class={`segment ${segment.from}`}>
        <line class="flight" x1={from} x2={to} y1={y + 4} y2={y + 4} />
        <path class="head" d={`M${to} ${y + 4}l${back} -3.6v7.2z`} />
        <text class="numbers" x={WIDTH / 2} y={y - 1}>
          {segment.text} <Mark claim={judged[0]} />
        </text>
      </g>
    );
  }
  return (
    <>
      {ENDS.filter((end) => row[end] !== "").map((end) => (
        <g class={`badge ${end}`} key={end}>
          <rect x={X[end] + BESIDE[end] - BADGE_WIDTH / 2} y={y - 9} width={BADGE_WIDTH} height={19} rx={9.5} />
          <text x={X[end] + BESIDE[end]} y={y + 4}>
            {row[end]} <Mark claim={judged.find(({ id }) => id.endsWith(`-${end}`))} />
          </text>
        </g>
      ))}
    </>
  );
}

const Mark = ({ claim }: { readonly claim: JudgedClaim | undefined }) =>
  claim === undefined ? null : <tspan class={`mark ${verdictToneOf(claim)}`}>{MARK[claim.verdict]}</tspan>;

/** The same as a table, with who saw each row. */
export function DocumentedTable({
  path,
  claims,
}: {
  readonly path: DocumentedPath;
  readonly claims: readonly JudgedClaim[];
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: on a phone it scrolls, and must be reached by keyboard
    <section class="scroll" aria-label={`${path.title}, row by row`} tabIndex={0}>
      <table class="path">
        <thead>
          <tr>
            {["client", "segment", "server", "verdict", "seen by"].map((head) => (
              <th scope="col" key={head}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ladderRows(path, claims).map(({ client, server, segment, judged }, index) => (
            <tr key={index}>
              <td class="client">{client}</td>
              <td class="arrow-cell">
                {segment === undefined ? "" : segment.from === "client" ? `${segment.text} →` : `← ${segment.text}`}
              </td>
              <td class="server">{server}</td>
              <td>
                <Each values={judged.map(formatJudgement)} />
              </td>
              <td class="seen-by">
                <Each values={judged.map(formatWitnesses)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function formatJudgement(claim: JudgedClaim): string {
  return claim.verdict === "contradicts" ? `${formatVerdict(claim)}, seen ${formatSeen(claim)}` : formatVerdict(claim);
}

/** Once where it is the same for both ends, else a line for each, the client's first. */
const Each = ({ values }: { readonly values: readonly string[] }) => (
  <>
    {[...new Set(values)].map((value) => (
      <div key={value}>{value}</div>
    ))}
  </>
);
