// A scene in which each synchronised state meets a RST at exactly the number it expects next, on a connection of its own.

import type { ArrowScene } from "../claims/arrows.ts";
import { meetStep } from "../drive/encounter.ts";
import { SYNCHRONISED } from "../tcp/figure-5.ts";
import type { TcpState } from "../tcp/state.ts";
import { WAYS } from "./reach-state.ts";
import type { EncounterScene } from "./scene.ts";

type Synchronised = (typeof SYNCHRONISED)[number];

const WAY_TO = {
  ESTABLISHED: WAYS.established,
  FIN_WAIT_1: WAYS["fin-wait-1"],
  FIN_WAIT_2: WAYS["fin-wait-2"],
  CLOSE_WAIT: WAYS["close-wait"],
  CLOSING: WAYS.closing,
  LAST_ACK: WAYS["last-ack"],
  TIME_WAIT: WAYS["time-wait"],
} as const satisfies Record<Synchronised, object>;

/** What a RST does to TIME_WAIT by RFC 9293; with 1 it does nothing, which lab:timewait shows (RFC 1337 §3, fix F1). */
export const MORTAL_TIME_WAIT = { "net.ipv4.tcp_rfc1337": "0" } as const;

const encounterIn = (state: TcpState): string => `rst-in-${state.toLowerCase().replaceAll("_", "-")}`;

/** `claimed`: what is claimed of the meetings. */
export function resetScene(
  claimed: (meeting: (state: Synchronised) => { readonly end: "client"; readonly of: string }) => ArrowScene,
): EncounterScene {
  return {
    ...claimed((state) => ({ end: WAY_TO[state].subject, of: meetStep(encounterIn(state)) })),
    mode: "encounters",
    sysctls: MORTAL_TIME_WAIT,
    encounters: SYNCHRONISED.map((state) => ({
      id: encounterIn(state),
      way: WAY_TO[state],
      segment: { flags: "RST", payload: "", urgentPointer: 0, seqPlus: () => 0, ackPlus: 0, timestamps: "absent" },
    })),
  };
}
