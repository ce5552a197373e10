// Where the states and arrows of figure 5 stand in the drawing: laid out by hand after RFC 9293's own figure.

import type { ARROWS } from "../../tcp/figure-5.ts";
import type { TcpState } from "../../tcp/state.ts";

export const WIDTH = 440;
export const HEIGHT = 644;

interface Place {
  readonly x: number;
  readonly y: number;
}

/** The CLOSED of a connection that has been. */
export const ENDED = "CLOSED, ended";

export interface NodePlace extends Place {
  readonly state: TcpState;
  /** Where the state stands twice. */
  readonly name?: string;
  readonly height: number;
}

export const NODE_WIDTH = 98;
const LOW = { height: 30 };
/** Three arrows come or go at these states' sides. */
const HIGH = { height: 62 };

/** Centres. CLOSED stands twice, as in the figure: where a connection begins and where it ends. */
export const NODES: readonly NodePlace[] = [
  { state: "CLOSED", x: 220, y: 44, ...LOW },
  { state: "LISTEN", x: 220, y: 134, ...LOW },
  { state: "SYN_RCVD", x: 58, y: 240, ...HIGH },
  { state: "SYN_SENT", x: 382, y: 240, ...HIGH },
  { state: "ESTABLISHED", x: 220, y: 344, ...LOW },
  { state: "FIN_WAIT_1", x: 58, y: 424, ...LOW },
  { state: "CLOSE_WAIT", x: 382, y: 424, ...LOW },
  { state: "FIN_WAIT_2", x: 58, y: 516, ...LOW },
  { state: "CLOSING", x: 220, y: 516, ...LOW },
  { state: "LAST_ACK", x: 382, y: 516, ...LOW },
  { state: "TIME_WAIT", x: 220, y: 608, ...LOW },
  { state: "CLOSED", name: ENDED, x: 382, y: 608, ...LOW },
];

export interface ArrowPlace {
  /** The line, from state to state. */
  readonly path: string;
  /** The number's disc, on the line. */
  readonly disc: Place;
  /** What makes it happen, and below it what is sent. */
  readonly label: Place & {
    readonly anchor: "start" | "middle" | "end";
    /** Between the two lines of text, where the arrow itself runs between them. */
    readonly apart?: number;
  };
}

type ArrowNumber = (typeof ARROWS)[number]["number"];

export const ARROW_PLACES: Readonly<Record<ArrowNumber, ArrowPlace>> = {
  1: { path: "M206 59V119", disc: { x: 206, y: 88 }, label: { x: 194, y: 92, anchor: "end" } },
  2: { path: "M269 37H380Q402 37 402 59V209", disc: { x: 402, y: 88 }, label: { x: 336, y: 15, anchor: "middle" } },
  3: { path: "M234 119V59", disc: { x: 234, y: 88 }, label: { x: 246, y: 92, anchor: "start" } },
  4: { path: "M206 149V198Q206 220 184 220H107", disc: { x: 206, y: 178 }, label: { x: 194, y: 176, anchor: "end" } },
  5: { path: "M234 149V198Q234 220 256 220H333", disc: { x: 234, y: 178 }, label: { x: 246, y: 176, anchor: "start" } },
  6: { path: "M360 209V73Q360 51 338 51H269", disc: { x: 360, y: 132 }, label: { x: 349, y: 136, anchor: "end" } },
  7: { path: "M333 240H107", disc: { x: 220, y: 240 }, label: { x: 150, y: 234, anchor: "middle", apart: 18 } },
  8: { path: "M333 260H256Q234 260 234 282V329", disc: { x: 234, y: 296 }, label: { x: 246, y: 294, anchor: "start" } },
  9: { path: "M40 209V156Q40 134 62 134H171", disc: { x: 40, y: 178 }, label: { x: 60, y: 126, anchor: "start" } },
  10: { path: "M107 260H184Q206 260 206 282V329", disc: { x: 206, y: 296 }, label: { x: 194, y: 300, anchor: "end" } },
  11: { path: "M40 271V409", disc: { x: 40, y: 340 }, label: { x: 52, y: 338, anchor: "start" } },
  12: { path: "M206 359V394Q206 416 184 416H107", disc: { x: 206, y: 382 }, label: { x: 194, y: 380, anchor: "end" } },
  13: {
    path: "M234 359V394Q234 416 256 416H333",
    disc: { x: 234, y: 382 },
    label: { x: 246, y: 380, anchor: "start" },
  },
  14: { path: "M40 439V501", disc: { x: 40, y: 469 }, label: { x: 52, y: 473, anchor: "start" } },
  15: {
    path: "M107 432H198Q220 432 220 454V501",
    disc: { x: 220, y: 469 },
    label: { x: 232, y: 467, anchor: "start" },
  },
  16: { path: "M40 531V586Q40 608 62 608H171", disc: { x: 40, y: 561 }, label: { x: 52, y: 559, anchor: "start" } },
  17: { path: "M220 531V593", disc: { x: 220, y: 561 }, label: { x: 208, y: 565, anchor: "end" } },
  18: { path: "M382 439V501", disc: { x: 382, y: 469 }, label: { x: 370, y: 467, anchor: "end" } },
  19: { path: "M382 531V593", disc: { x: 382, y: 561 }, label: { x: 370, y: 565, anchor: "end" } },
  20: { path: "M269 608H333", disc: { x: 300, y: 608 }, label: { x: 300, y: 637, anchor: "middle" } },
};
