// TAP version 14: a test point for every claim of every run, one more for whether the evidence is consistent.

import { printable } from "../../report/view/printable.ts";
import type { JudgedClaim } from "../../verdict/document-schema.ts";
import { isRefusal } from "../judge-bundle.ts";
import type { GradeFormat } from "./format.ts";

export function tapFormat(): GradeFormat {
  let points = 0;
  const point = (ok: boolean, title: string, directive = "") =>
    `${ok ? "ok" : "not ok"} ${++points} - ${escaped(title)}${directive}\n`;
  return {
    begin: "TAP version 14\n",
    add(judged) {
      if (isRefusal(judged)) return point(false, `${judged.name}: ${judged.refused}`);
      const { name, complaints, verdict } = judged;
      return [
        ...verdict.claims.map(
          (claim) => point(isAsExpected(claim), `${name}: ${claim.id}`, directiveOf(claim)) + render(claim),
        ),
        point(complaints.length === 0, `${name}: the evidence is consistent`) +
          complaints.map(({ text }) => `# ${printable(text)}\n`).join(""),
      ].join("");
    },
    end: () => `1..${points}\n`,
  };
}

const isAsExpected = ({ verdict, expected }: JudgedClaim): boolean => verdict === expected;

/** What this machine could not show is no failure of the claim. */
const directiveOf = ({ verdict, because }: JudgedClaim): string =>
  verdict === "unsupported" ? ` # SKIP ${escaped(because.join("; "))}` : "";

const render = (claim: JudgedClaim): string =>
  isAsExpected(claim) ? "" : `# ${claim.verdict}: ${printable(claim.claim)} (${printable(claim.because.join("; "))})\n`;

/** A hash sign would begin a directive. */
const escaped = (text: string): string => printable(text).replaceAll(/[\\#]/g, "\\$&");
