// A heat map as a table: every sign is a link that opens its cells.

import { SEGMENT_NAMES, SEGMENTS, type SegmentName } from "../../rfc-model/cells/segment-cells.ts";
import { type CellGroup, captionOf, type HeatMap, type HeatRow, SYMBOL, TONE_WORDS, toneOf } from "./heat-map.ts";

const PLACE_WORDS = {
  before: "before the window",
  next: "at RCV.NXT",
  middle: "in the middle of the window",
  last: "with the window's last number",
  past: "with the first number past the window",
} as const;

/** The anchor that its panel has, too. */
export const anchorOf = (
  { timestamps }: HeatMap,
  { situation }: HeatRow,
  segment: SegmentName,
  { place }: CellGroup,
): string =>
  [situation, segment, place, timestamps ? "timestamps" : undefined].filter((word) => word !== undefined).join("-");

/** The anchor of the sign itself, where its panel leads back to. */
export const signOf = (anchor: string): string => `sign-${anchor}`;

export const titleOf = ({ label }: HeatRow, segment: SegmentName, { place }: CellGroup): string => {
  const { flags, payload } = SEGMENTS[segment];
  const where = place === undefined ? "" : ` ${PLACE_WORDS[place]}`;
  return `${label} meets ${flags}${payload === "" ? "" : " with an octet"}${where}`;
};

/** `page`: the file in which the signs open, where it is not this one. */
export function HeatTable({ map, page = "" }: { readonly map: HeatMap; readonly page?: string }) {
  return (
    <table class="heat">
      <caption>{captionOf(map)}</caption>
      <thead>
        <tr>
          <td />
          {SEGMENT_NAMES.map((name) => (
            <th scope="col" key={name}>
              {SEGMENTS[name].flags}
              {SEGMENTS[name].payload === "" ? "" : " data"}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {map.rows.map((row) => (
          <tr key={row.situation}>
            <th scope="row">{row.label}</th>
            {SEGMENT_NAMES.map((name) => (
              <td key={name}>
                <span class="square">
                  {row.squares[name].map((group) => (
                    <Sign page={page} map={map} row={row} segment={name} group={group} key={group.place ?? ""} />
                  ))}
                </span>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface SignOf {
  readonly page: string;
  readonly map: HeatMap;
  readonly row: HeatRow;
  readonly segment: SegmentName;
  readonly group: CellGroup;
}

function Sign({ page, map, row, segment, group }: SignOf) {
  const tone = toneOf(group);
  if (tone === undefined) return <span class="sign none" />;
  const title = `${titleOf(row, segment, group)}: ${TONE_WORDS[tone]}`;
  const anchor = anchorOf(map, row, segment, group);
  return (
    <a
      class={`sign ${tone}`}
      id={page === "" ? signOf(anchor) : undefined}
      href={`${page}#${anchor}`}
      title={title}
      aria-label={title}
    >
      {SYMBOL[tone]}
    </a>
  );
}
