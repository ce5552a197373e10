// What differs between two runs, for programs: every difference by itself, and how they fold.

import type { JudgedClaim } from "../verdict/document-schema.ts";
import { foldClaims } from "./claim-fold.ts";
import type { ComparedRun } from "./compared-run.ts";
import { formatPiece, type Piece } from "./piece.ts";
import type { RunDifference } from "./run-difference.ts";
import type { PieceDifference } from "./segment-difference.ts";
import { foldSegments } from "./segment-fold.ts";
import { isSysctl } from "./setting-difference.ts";

export function differenceDocument(a: ComparedRun, b: ComparedRun, found: RunDifference) {
  return {
    schemaVersion: 1,
    a: a.verdict.run,
    b: b.verdict.run,
    claims: found.claims.map(({ claim: { id, claim }, a: own, b: other }) => ({
      id,
      claim,
      a: formatVerdict(own),
      b: formatVerdict(other),
    })),
    segments: found.segments.flatMap(sidesOf),
    sysctls: found.settings.filter(isSysctl),
    settings: found.settings.filter((one) => !isSysctl(one)),
    folded: {
      claims: foldClaims(found.claims).map(({ claims, ...fold }) => ({
        ...fold,
        ids: claims.map(({ claim }) => claim.id),
      })),
      segments: foldSegments(found).map(({ differences, ...fold }) => ({
        ...fold,
        segments: differences.length,
        scenes: [...new Set(differences.map(({ scene }) => scene))],
      })),
    },
  };
}

const formatVerdict = ({ verdict, seen }: JudgedClaim): string =>
  seen === undefined ? verdict : `${verdict} (${seen.value})`;

/** A segment that both runs have and that differs stands twice, as it is in each. */
function sidesOf({ scene, encounter, a, b, fields, options }: PieceDifference) {
  const differs = [...fields, ...options].map(({ name }) => name);
  const side = (only: "a" | "b", piece: Piece | undefined) =>
    piece === undefined
      ? []
      : [
          {
            scene,
            ...(encounter !== undefined && { encounter }),
            only,
            frame: piece.lines[0]?.frame,
            segment: formatPiece(piece),
            ...(differs.length > 0 && { differs }),
          },
        ];
  return [...side("a", a), ...side("b", b)];
}
