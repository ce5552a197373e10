// How long TIME_WAIT lasts, who has it, what it blocks and what frees it; and what of all that is folklore.

import { lab } from "../src/lab.ts";
import { BIND } from "./timewait/bind.ts";
import { COST } from "./timewait/cost.ts";
import { FIN_WAIT_2 } from "./timewait/fin-wait-2.ts";
import { LENGTHS } from "./timewait/length.ts";
import { PORTS } from "./timewait/ports.ts";
import { SEGMENTS } from "./timewait/segments.ts";
import { WHO } from "./timewait/who.ts";

export default lab({
  id: "timewait",
  question: "How long does TIME_WAIT last, who has it, what does it block, and what of all that is folklore?",
  // The cost comes early: it keeps the machine busy, and must be over before the populations end.
  scenes: [...LENGTHS, ...COST, ...WHO, ...SEGMENTS, ...PORTS, ...BIND, ...FIN_WAIT_2],
});
