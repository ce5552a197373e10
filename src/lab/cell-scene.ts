// A scene of the matrix: every cell of one situation as an encounter to be played, beside the claim that judges it.

import { type Encounter, meetStep } from "../drive/encounter.ts";
import { claimsOfCell } from "../rfc-model/cells/cell-claims.ts";
import type { Model } from "../rfc-model/cells/cell-outcome.ts";
import { type CellTable, cellsOfTable, nameOfTable } from "../rfc-model/cells/cell-table.ts";
import { ACK_PLUS, type Cell, SEGMENTS, seqPlus } from "../rfc-model/cells/segment-cells.ts";
import { scene } from "./lab.ts";
import { WAYS } from "./reach-state.ts";
import { MORTAL_TIME_WAIT } from "./reset-scene.ts";
import type { EncounterScene } from "./scene.ts";

/** Where an end has no numbers of its own: any would do, and these differ from each other and from 0. */
const ANY_SEQ = 5000;
const ANY_ACK = 7000;

/** What RFC 5961 §7 and Linux spend sparingly is given freely, so that silence means silence. */
const RATE_LIMITS = {
  "net.ipv4.tcp_invalid_ratelimit": "0",
  "net.ipv4.tcp_challenge_ack_limit": "2147483647",
} as const;

/**
 * Of a larger buffer Linux makes, since 6.11, a first window of more than 64 KiB, whether or not a header can say so
 * (tcp_select_initial_window, net/ipv4/tcp_output.c): what is past the announced window would be taken. This is what Linux
 * has by itself.
 */
const EDGE_AS_ANNOUNCED = { "net.ipv4.tcp_rmem": "4096 131072 6291456" } as const;

export interface CellScene extends CellTable {
  /** Default: all of them. */
  readonly only?: (cell: Cell) => boolean;
  /** Default: that of the RFCs. */
  readonly model?: Model;
}

export function cellScene({ only, model, ...table }: CellScene): EncounterScene {
  const { situation, family, timestamps } = table;
  const cells = cellsOfTable(table).filter(only ?? (() => true));
  const { state, subject } = WAYS[situation];
  const options = timestamps ? ", timestamps agreed on" : "";
  return scene({
    id: nameOfTable(table),
    title: `${state} (${situation}) meets ${cells.length} segments over ${family}${options}.`,
    mode: "encounters",
    family,
    sample: family === "ipv4" && !timestamps,
    raisedLimits: RATE_LIMITS,
    sysctls: {
      "net.ipv4.tcp_timestamps": timestamps ? "1" : "0",
      // The window in a segment is then the window itself.
      "net.ipv4.tcp_window_scaling": "0",
      ...EDGE_AS_ANNOUNCED,
      ...(state === "TIME_WAIT" && MORTAL_TIME_WAIT),
    },
    claims: cells.flatMap((cell) => claimsOfCell(cell, subject, meetStep(cell.id), model)),
    encounters: cells.map(encounterOf),
  });
}

export function encounterOf(cell: Cell): Encounter {
  const { flags, payload, urgentPointer } = SEGMENTS[cell.segment];
  const { situation, segment, place, acknowledgement, timestamp } = cell;
  return {
    id: cell.id,
    way: WAYS[situation],
    segment: {
      flags,
      payload,
      urgentPointer,
      seqPlus: (window) => (place === undefined ? ANY_SEQ : seqPlus(place, segment, window)),
      ackPlus: acknowledgement === undefined ? ANY_ACK : ACK_PLUS[acknowledgement],
      timestamps: timestamp ?? "absent",
    },
  };
}
