// The handshake at its own pace on node:net: the same segments, and the states that last long enough to be seen without holding anything.

import type { SceneClaim } from "../../../src/claims/claim.ts";

const CITE = "the document, three-way handshake";

/** Nothing but the pace differs between a stepped and a free opening. */
export const stepsChangeNothing = (steppedScene: string): readonly SceneClaim[] => [
  {
    id: "same-as-stepped",
    claim: "Opened freely with node:net, the same three segments go over the wire as in the stepped scene.",
    source: "linux",
    cite: "observed: a held segment does not change what the kernel sends next",
    documented: { kind: "text", value: "the same segments" },
    ask: { what: "same-segments", as: steppedScene, first: 3 },
    needs: ["namespace", "hold", "repair"],
  },
];

/** States that last until somebody acts can be seen without holding anything. */
export const LASTING_STATES: readonly SceneClaim[] = [
  {
    id: "server-listens",
    claim: "Before a client comes, the server is LISTEN.",
    source: "document",
    cite: CITE,
    documented: { kind: "state", value: "LISTEN" },
    ask: { what: "state", end: "server", after: "server listen" },
  },
  {
    id: "client-established",
    claim: "Afterwards the client is ESTABLISHED.",
    source: "document",
    cite: CITE,
    documented: { kind: "state", value: "ESTABLISHED" },
    ask: { what: "state", end: "client", after: "server accept" },
  },
  {
    id: "server-established",
    claim: "Afterwards the server is ESTABLISHED.",
    source: "document",
    cite: CITE,
    documented: { kind: "state", value: "ESTABLISHED" },
    ask: { what: "state", end: "server", after: "server accept" },
  },
];
