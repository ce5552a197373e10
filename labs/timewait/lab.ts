// How long TIME_WAIT lasts, who has it, what it blocks and what frees it; and what of all that is folklore.

import { lab } from "../../src/lab/lab.ts";
import { BIND } from "./scenes/bind.ts";
import { COST } from "./scenes/cost.ts";
import { FIN_WAIT_2 } from "./scenes/fin-wait-2.ts";
import { LENGTHS } from "./scenes/length.ts";
import { PORTS } from "./scenes/ports.ts";
import { SEGMENTS } from "./scenes/segments.ts";
import { WHO } from "./scenes/who.ts";

export default lab({
  id: "timewait",
  question: "How long does TIME_WAIT last, who has it, what does it block, and what of all that is folklore?",
  // The cost comes early: it keeps the machine busy, and must be over before the populations end.
  scenes: [...LENGTHS, ...COST, ...WHO, ...SEGMENTS, ...PORTS, ...BIND, ...FIN_WAIT_2],
});
