// A heat map as a table: every sign is a link that opens its cells.

import { SEGMENTS, type SegmentName } from "../../spec/segment-cells.ts";
import { type HeatMap, type HeatRow, type Spot, SYMBOL, type Tone, toneOf } from "./heat-map.ts";

const NAMES = Object.keys(SEGMENTS) as readonly SegmentName[];

const PLACE_WORDS = {
  before: "before the window",
  next: "at RCV.NXT",
  middle: "in the middle of the window",
  last: "with the window's last number",
  past: "with the first number past the window",
} as const;

const TONE_WORDS: Readonly<Record<Tone, string>> = {
  conforms: "as the RFCs say",
  "some-deviation": "in part a known deviation of Linux",
  deviation: "a known deviation of Linux",
  surprise: "a surprise",
  open: "not seen",
};

/** The anchor that its panel has, too. */
export const anchorOf = (
  { timestamps }: HeatMap,
  { situation }: HeatRow,
  segment: SegmentName,
  { place }: Spot,
): string =>
  [situation, segment, place, timestamps ? "timestamps" : undefined].filter((word) => word !== undefined).join("-");

export const titleOf = ({ label }: HeatRow, segment: SegmentName, { place }: Spot): string => {
  const { flags, payload } = SEGMENTS[segment];
  const where = place === undefined ? "" : ` ${PLACE_WORDS[place]}`;
  return `${label} meets ${flags}${payload === "" ? "" : " with an octet"}${where}`;
};

/** `page`: the file in which the signs open, where it is not this one. */
export function HeatTable({ map, page = "" }: { readonly map: HeatMap; readonly page?: string }) {
  const caption = map.timestamps ? "With timestamps agreed on (RFC 7323)" : "Without timestamps";
  return (
    <table class="heat">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <td />
          {NAMES.map((name) => (
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
            {NAMES.map((name) => (
              <td key={name}>
                <span class="square">
                  {row.squares[name].map((spot) => (
                    <Sign page={page} map={map} row={row} segment={name} spot={spot} key={spot.place ?? ""} />
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
  readonly spot: Spot;
}

function Sign({ page, map, row, segment, spot }: SignOf) {
  const tone = toneOf(spot);
  if (tone === undefined) return <span class="sign none" />;
  const title = `${titleOf(row, segment, spot)}: ${TONE_WORDS[tone]}`;
  return (
    <a class={`sign ${tone}`} href={`${page}#${anchorOf(map, row, segment, spot)}`} title={title} aria-label={title}>
      {SYMBOL[tone]}
    </a>
  );
}
