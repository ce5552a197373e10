// Whether lines and frames are counted from 1 without a gap: the recorder leaves none.

import type { TimelineLine } from "../evidence/timeline.ts";
import { type Complaint, complaint } from "./complaint.ts";

/** The first gap only: after it every number is off. */
export function checkNumbering(lines: readonly TimelineLine[]): readonly Complaint[] {
  const line = lines.findIndex(({ id }, index) => id !== `e${index + 1}`);
  const segments = lines.filter((one) => one.type === "segment");
  const segment = segments.findIndex(({ frame }, index) => frame !== index + 1);
  return [
    ...(line < 0
      ? []
      : [complaint("numbering", `line ${line + 1} has the id ${lines[line]?.id}: a line is missing or was moved`)]),
    ...(segment < 0
      ? []
      : [
          complaint(
            "numbering",
            `${segments[segment]?.id} is frame ${segments[segment]?.frame}, and should be frame ${segment + 1}`,
          ),
        ]),
  ];
}
