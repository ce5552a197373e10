// What TIME_WAIT costs: a population that grows, looked at and weighed.

import { type Scene, scene } from "../../../src/lab/lab.ts";
import { COST as CLAIMS } from "../claims/cost.ts";

export const COST: readonly Scene[] = [
  scene({
    id: "cost",
    title: "A population grows to 100 000: what a look at it costs each witness, and what it weighs.",
    mode: "growth",
    sizes: [1000, 10_000, 30_000, 100_000],
    connections: 4000,
    claims: CLAIMS,
  }),
];
