// Which of a scene's many claims a table shows: all of a few; of hundreds first those that did not simply conform.

import type { JudgedClaim } from "../../verdict/document.ts";

export interface ShownClaims {
  readonly shown: readonly JudgedClaim[];
  /** "" where all are shown. */
  readonly said: string;
}

export function claimsToShow(claims: readonly JudgedClaim[], limit: number): ShownClaims {
  if (claims.length <= limit) return { shown: claims, said: "" };
  const telling = claims.filter(({ verdict, expected }) => verdict !== "conforms" || expected !== "conforms");
  const shown = telling.slice(0, limit);
  const left = claims.length - shown.length;
  const what =
    telling.length > limit ? `${telling.length - limit} of them not simply conforming` : "all of them conforming";
  return { shown, said: `${left} more claims, ${what}, are in verdict.json.` };
}
