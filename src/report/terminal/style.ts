// How the terminal wants its text: how wide, and with colours or without.

import type { JudgedClaim } from "../../verdict/document-schema.ts";

export interface TerminalStyle {
  /** False for NO_COLOR and where the output is no terminal. */
  readonly colour: boolean;
  readonly columns: number;
}

/** Select Graphic Rendition, ECMA-48 §8.3.117. */
const SGR = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33 } as const;
export type Paint = keyof typeof SGR;

export const painted = (text: string, paint: Paint, { colour }: TerminalStyle): string =>
  colour && text !== "" ? `\u001b[${SGR[paint]}m${text}\u001b[0m` : text;

/** Red only for what nobody expected. */
export function paintOf({ verdict, expected }: Pick<JudgedClaim, "verdict" | "expected">): Paint {
  if (verdict === "unwitnessed" || verdict === "unsupported") return "dim";
  if (verdict === "disagree" || verdict !== expected) return "red";
  return verdict === "conforms" ? "green" : "yellow";
}

const GRAVEST_FIRST: readonly Paint[] = ["red", "dim", "yellow", "green"];

/** Of several claims: that of the gravest. */
export function paintOfAll(claims: readonly JudgedClaim[]): Paint {
  const paints = new Set(claims.map(paintOf));
  return GRAVEST_FIRST.find((paint) => paints.has(paint)) ?? "green";
}
