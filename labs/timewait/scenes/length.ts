// How long TIME_WAIT lasts: two populations, made first and watched while everything else is played.

import { type Scene, scene } from "../../../src/lab/lab.ts";
import { FIN_TIMEOUT, LENGTH } from "../claims/length.ts";

export const LENGTHS: readonly Scene[] = [
  scene({
    id: "population",
    title: "A population of TIME_WAITs is made and watched until the last has ended.",
    mode: "population",
    claims: LENGTH,
  }),
  scene({
    id: "fin-timeout",
    title: "A hundred of them with tcp_fin_timeout=2.",
    mode: "population",
    entries: 100,
    lookAtZero: true,
    sysctls: { "net.ipv4.tcp_fin_timeout": "2" },
    claims: FIN_TIMEOUT,
  }),
];
