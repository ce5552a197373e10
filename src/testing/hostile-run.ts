// The run written by hand, as somebody would write it who wants the page to obey.

import type { TimelineLine } from "../evidence/timeline.ts";
import type { RunView } from "../report/view/run-view.ts";
import { EXAMPLE } from "./example-run.ts";

const SCRIPT = "</script><script>alert(1)</script>";
const IMAGE = "<img src=x onerror=alert(1)>";
const ATTRIBUTE = '" onmouseover="alert(1)" x="';
/** Turns the reading direction, and rings a bell. */
const UNPRINTABLE = "\u202e\u0007";

/** As they must not stand in the page. */
export const HOSTILE_WORDS = [SCRIPT, IMAGE, ATTRIBUTE, UNPRINTABLE];

const EVIL = `${SCRIPT}${IMAGE}${ATTRIBUTE}</style></svg></title>--><!--{{1}}\${1}${UNPRINTABLE}`;

/** A process may be called anything, and so may a step of somebody's own lab. */
const poison = (line: TimelineLine): TimelineLine => {
  if (line.type === "sighting" && line.raw !== "")
    return { ...line, raw: `${line.raw} users:(("${EVIL}",pid=1,fd=3))` };
  if (line.type === "action") return { ...line, sentence: `${line.sentence} ${EVIL}` };
  return line.type === "note" && line.topic !== "run" ? { ...line, text: `${line.text} ${EVIL}` } : line;
};

const { lab, verdict, timeline, environment, claims } = EXAMPLE;

export const HOSTILE_RUN: RunView = {
  lab: {
    ...lab,
    question: `${lab.question} ${EVIL}`,
    scenes: lab.scenes.map((scene) => ({ ...scene, title: EVIL })),
  },
  claims,
  timeline: timeline.map(poison),
  verdict: {
    ...verdict,
    run: { ...verdict.run, student: EVIL, nonce: EVIL, kernel: EVIL, tool: EVIL },
    claims: verdict.claims.map((claim) => ({
      ...claim,
      claim: EVIL,
      cite: EVIL,
      because: [EVIL],
      ...(claim.explanation !== undefined && { explanation: EVIL }),
    })),
  },
  environment: {
    ...environment,
    kernel: EVIL,
    tools: { [EVIL]: EVIL },
    sysctls: {
      namespace: { [`net.ipv4.tcp_${EVIL}`]: EVIL },
      asked: { [EVIL]: EVIL, "net.ipv4.tcp_wmem": EVIL },
      unpinned: { "net.ipv4.tcp_rmem": EVIL },
    },
    absentWitnesses: { [EVIL]: EVIL },
  },
};
