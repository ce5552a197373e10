// All that judging a class found, as one JSON document that is written while the class is being judged.

import { worstStatus } from "../../verdict/summary.ts";
import { exitOf, isRefusal, type Judged } from "../judge-bundle.ts";
import type { SharedEvidence } from "../shared-evidence.ts";

/** { "schemaVersion": 1, "runs": [{ "name", "exit", "verdict", "complaints", "remarks" } | { "name", "exit", "refused" }], "sharing": [{ "runs", "shared" }], "exit": n } */
export function classJson() {
  let [separator, worst] = ["", 0];
  return {
    begin: '{"schemaVersion":1,"runs":[\n',
    add(judged: Judged): string {
      worst = worstStatus([worst, exitOf(judged)]);
      const text = `${separator}${JSON.stringify(recordOf(judged))}`;
      separator = ",\n";
      return text;
    },
    end: (sharing: readonly SharedEvidence[]) => `\n],"sharing":${JSON.stringify(sharing)},"exit":${worst}}\n`,
  };
}

function recordOf(judged: Judged) {
  const exit = exitOf(judged);
  if (isRefusal(judged)) return { name: judged.name, exit, refused: judged.refused };
  const { name, verdict, complaints, remarks } = judged;
  return { name, exit, verdict, complaints, remarks };
}
