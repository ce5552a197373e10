// Cells worked out by hand from the text of the RFCs, at least one for every branch of the model.

import assert from "node:assert/strict";
import { test } from "node:test";
import { documentedCell } from "./cells/cell-outcome.ts";
import {
  type Cell,
  cellsOf,
  SITUATION_NAMES,
  type SituationName,
  TIMESTAMPED,
  timestampedCellsOf,
} from "./cells/segment-cells.ts";
import { segmentArrives } from "./segment-arrives.ts";
import type { Outcome } from "./transmission-control-block.ts";

const ACK = "ACK seq=SND.NXT ack=RCV.NXT";
const ACK_OF_ONE = "ACK seq=SND.NXT ack=RCV.NXT+1";

/** Situation, cell, all that the text permits, where it stands. */
type Row = readonly [situation: SituationName, cell: string, permits: string | readonly string[], cite: string];

const CLOSED: readonly Row[] = [
  ["closed", "syn", "RST ACK seq=0 ack=SEG.SEQ+1; CLOSED", "§3.10.7.1"],
  ["closed", "syn-fin", "RST ACK seq=0 ack=SEG.SEQ+2; CLOSED", "§3.10.7.1"],
  ["closed", "fin", "RST ACK seq=0 ack=SEG.SEQ+1; CLOSED", "§3.10.7.1"],
  ["closed", "ack", "RST seq=SEG.ACK; CLOSED", "§3.10.7.1"],
  ["closed", "data", "RST seq=SEG.ACK; CLOSED", "§3.10.7.1"],
  ["closed", "rst", "nothing; CLOSED", "§3.10.7.1"],
  ["closed", "rst-ack", "nothing; CLOSED", "§3.10.7.1"],
];

const LISTEN: readonly Row[] = [
  ["listen", "rst", "nothing; LISTEN", "§3.10.7.2, first"],
  ["listen", "rst-ack", "nothing; LISTEN", "§3.10.7.2, first"],
  ["listen", "syn-ack", "RST seq=SEG.ACK; LISTEN", "§3.10.7.2, second"],
  ["listen", "fin-ack", "RST seq=SEG.ACK; LISTEN", "§3.10.7.2, second"],
  ["listen", "syn", "SYN ACK seq=ISS ack=SEG.SEQ+1; SYN_RCVD", "§3.10.7.2, third"],
  ["listen", "syn-fin", "SYN ACK seq=ISS ack=SEG.SEQ+1; SYN_RCVD", "§3.10.7.2, third"],
  ["listen", "fin", "nothing; LISTEN", "§3.10.7.2, fourth"],
];

const SYN_SENT: readonly Row[] = [
  // SEG.ACK =< ISS, and SEG.ACK > SND.NXT; a RST among them is dropped.
  ["syn-sent", "ack-ack-old", "RST seq=SND.NXT-1; SYN_SENT", "§3.10.7.3, first"],
  ["syn-sent", "syn-ack-ack-beyond", "RST seq=SND.NXT+1; SYN_SENT", "§3.10.7.3, first"],
  ["syn-sent", "rst-ack-ack-old", "nothing; SYN_SENT", "§3.10.7.3, first"],
  ["syn-sent", "rst-ack-ack-beyond", "nothing; SYN_SENT", "§3.10.7.3, first"],
  ["syn-sent", "rst-ack-ack-next", "nothing; CLOSED", "§3.10.7.3, second"],
  ["syn-sent", "rst", "nothing; SYN_SENT", "§3.10.7.3, second"],
  ["syn-sent", "syn-ack-ack-next", "ACK seq=SND.NXT ack=SEG.SEQ+1; ESTABLISHED", "§3.10.7.3, fourth"],
  ["syn-sent", "syn", "SYN ACK seq=SND.NXT-1 ack=SEG.SEQ+1; SYN_RCVD", "§3.10.7.3, fourth"],
  ["syn-sent", "syn-fin", "SYN ACK seq=SND.NXT-1 ack=SEG.SEQ+1; SYN_RCVD", "§3.10.7.3, fourth"],
  ["syn-sent", "ack-ack-next", "nothing; SYN_SENT", "§3.10.7.3, fifth"],
  ["syn-sent", "fin", "nothing; SYN_SENT", "§3.10.7.3, fifth"],
];

const SYN_RCVD: readonly Row[] = [
  ["syn-rcvd", "syn-before", `${ACK}; SYN_RCVD`, "§3.10.7.4, first"],
  ["syn-rcvd", "rst-next", "nothing; LISTEN", "second: 2)"],
  ["syn-rcvd-crossing", "rst-next", "nothing; CLOSED", "second: 2)"],
  ["syn-rcvd", "rst-middle", `${ACK}; SYN_RCVD`, "second: 3)"],
  ["syn-rcvd", "syn-next", "nothing; LISTEN", "fourth: SYN-RECEIVED"],
  ["syn-rcvd-crossing", "syn-next", `${ACK}; SYN_RCVD`, "RFC 5961 §4.2"],
  ["syn-rcvd-crossing", "syn-ack-before-ack-next", [`${ACK}; SYN_RCVD`, "nothing; ESTABLISHED"], "§3.10.7.4, first"],
  ["syn-rcvd", "fin-next", "nothing; SYN_RCVD", "fifth"],
  ["syn-rcvd", "ack-next-ack-old", "RST seq=SND.NXT-1; SYN_RCVD", "fifth: SYN-RECEIVED"],
  ["syn-rcvd", "ack-next-ack-beyond", [`${ACK}; SYN_RCVD`, "RST seq=SND.NXT+1; SYN_RCVD"], "RFC 5961 §5.2"],
  ["syn-rcvd", "ack-next-ack-next", "nothing; ESTABLISHED", "fifth: SYN-RECEIVED"],
  ["syn-rcvd", "data-next-ack-next", `${ACK_OF_ONE}; ESTABLISHED`, "seventh"],
  ["syn-rcvd", "fin-ack-next-ack-next", `${ACK_OF_ONE}; CLOSE_WAIT`, "eighth"],
];

const SYNCHRONISED: readonly Row[] = [
  ["established", "ack-before-ack-next", `${ACK}; ESTABLISHED`, "§3.10.7.4, first"],
  ["established", "data-before-ack-next", `${ACK}; ESTABLISHED`, "§3.10.7.4, first"],
  ["established", "ack-past-ack-next", `${ACK}; ESTABLISHED`, "§3.10.7.4, first"],
  ["established", "fin-past", `${ACK}; ESTABLISHED`, "§3.10.7.4, first"],
  ["established", "rst-before", "nothing; ESTABLISHED", "second: 1)"],
  ["established", "rst-past", "nothing; ESTABLISHED", "second: 1)"],
  ["established", "rst-next", "nothing; CLOSED", "second: 2)"],
  ["established", "rst-ack-next-ack-old", "nothing; CLOSED", "second: 2)"],
  ["established", "rst-middle", `${ACK}; ESTABLISHED`, "second: 3)"],
  ["established", "rst-ack-last-ack-next", `${ACK}; ESTABLISHED`, "second: 3)"],
  ["established", "syn-next", `${ACK}; ESTABLISHED`, "RFC 5961 §4.2"],
  ["established", "syn-ack-middle-ack-next", `${ACK}; ESTABLISHED`, "RFC 5961 §4.2"],
  ["established", "data-middle-ack-next", ["nothing; ESTABLISHED", `${ACK}; ESTABLISHED`], "SHLD-31"],
  ["established", "fin-next", "nothing; ESTABLISHED", "fifth"],
  ["established", "ack-next-ack-beyond", `${ACK}; ESTABLISHED`, "RFC 5961 §5.2"],
  ["established", "ack-next-ack-old", "nothing; ESTABLISHED", "fifth: ESTABLISHED"],
  ["established", "ack-next-ack-next", "nothing; ESTABLISHED", "fifth: ESTABLISHED"],
  ["established", "data-next-ack-next", `${ACK_OF_ONE}; ESTABLISHED`, "seventh"],
  ["established", "urgent-next-ack-old", `${ACK_OF_ONE}; ESTABLISHED`, "seventh"],
  ["established", "fin-ack-next-ack-next", `${ACK_OF_ONE}; CLOSE_WAIT`, "eighth"],
  ["fin-wait-1", "ack-next-ack-next", "nothing; FIN_WAIT_2", "fifth: FIN-WAIT-1"],
  ["fin-wait-1", "ack-next-ack-old", "nothing; FIN_WAIT_1", "fifth: FIN-WAIT-1"],
  ["fin-wait-1", "data-next-ack-next", `${ACK_OF_ONE}; FIN_WAIT_2`, "seventh"],
  ["fin-wait-1", "fin-ack-next-ack-next", `${ACK_OF_ONE}; TIME_WAIT`, "eighth"],
  ["fin-wait-1", "fin-ack-next-ack-old", `${ACK_OF_ONE}; CLOSING`, "eighth"],
  ["fin-wait-2", "fin-ack-next-ack-next", `${ACK_OF_ONE}; TIME_WAIT`, "eighth"],
  ["fin-wait-2", "data-next-ack-next", `${ACK_OF_ONE}; FIN_WAIT_2`, "seventh"],
  ["close-wait", "ack-next-ack-next", "nothing; CLOSE_WAIT", "fifth: CLOSE-WAIT"],
  ["close-wait", "data-next-ack-next", "nothing; CLOSE_WAIT", "fifth: CLOSE-WAIT"],
  ["close-wait", "fin-ack-next-ack-next", `${ACK_OF_ONE}; CLOSE_WAIT`, "eighth"],
  ["closing", "ack-next-ack-next", "nothing; TIME_WAIT", "fifth: CLOSING"],
  ["closing", "ack-next-ack-old", "nothing; CLOSING", "fifth: CLOSING"],
  ["closing", "fin-ack-next-ack-old", "nothing; CLOSING", "fifth: CLOSING"],
  ["last-ack", "ack-next-ack-next", "nothing; CLOSED", "fifth: LAST-ACK"],
  ["last-ack", "fin-ack-next-ack-next", "nothing; CLOSED", "fifth: LAST-ACK"],
  ["last-ack", "ack-next-ack-old", "nothing; LAST_ACK", "fifth: LAST-ACK"],
  ["last-ack", "rst-next", "nothing; CLOSED", "second: 2)"],
  ["time-wait", "ack-next-ack-next", [`${ACK}; TIME_WAIT`, "nothing; TIME_WAIT"], "fifth: TIME-WAIT"],
  ["time-wait", "fin-ack-before-ack-next", `${ACK}; TIME_WAIT`, "§3.10.7.4, first"],
  ["time-wait", "fin-ack-next-ack-next", `${ACK_OF_ONE}; TIME_WAIT`, "eighth"],
  ["time-wait", "syn-middle", `${ACK}; TIME_WAIT`, "RFC 5961 §4.2"],
  ["time-wait-from-closing", "rst-next", "nothing; CLOSED", "second: 2)"],
];

const WITH_TIMESTAMPS: readonly Row[] = [
  ["established", "ack-next-ack-next-absent", "nothing; ESTABLISHED", "RFC 7323 §3.2"],
  ["established", "data-next-ack-next-absent", "nothing; ESTABLISHED", "RFC 7323 §3.2"],
  ["established", "rst-next-absent", "nothing; CLOSED", "second: 2)"],
  ["established", "rst-next-old", "nothing; CLOSED", "RFC 7323 §5.2"],
  ["established", "data-next-ack-next-old", `${ACK}; ESTABLISHED`, "RFC 7323 §5.3"],
  ["established", "data-next-ack-next-valid", `${ACK_OF_ONE}; ESTABLISHED`, "seventh"],
  ["syn-rcvd", "ack-next-ack-next-old", `${ACK}; SYN_RCVD`, "RFC 7323 §5.3"],
  ["last-ack", "ack-next-ack-next-valid", "nothing; CLOSED", "fifth: LAST-ACK"],
  // RFC 7323 would have a SYN without the option dropped, RFC 5961 any SYN challenged.
  ["established", "syn-next-absent", ["nothing; ESTABLISHED", `${ACK}; ESTABLISHED`], "RFC 7323 §3.2"],
];

const cellNamed = (situation: SituationName, id: string): Cell => {
  const found = [...cellsOf(situation), ...timestampedCellsOf(situation)].find((cell) => cell.id === id);
  assert.ok(found, `there is no cell ${id} in ${situation}`);
  return found;
};

for (const [group, rows] of Object.entries({ CLOSED, LISTEN, SYN_SENT, SYN_RCVD, SYNCHRONISED, WITH_TIMESTAMPS }))
  test(`the model says of ${group.toLowerCase().replaceAll("_", " ")} what the text says, cell by cell`, () => {
    for (const [situation, id, permits, cite] of rows) {
      const documented = documentedCell(cellNamed(situation, id));
      assert.deepEqual(documented.permits, [permits].flat(), `${situation} meets ${id}`);
      assert.ok(
        documented.ground.cite.includes(cite),
        `${situation} meets ${id}: ${documented.ground.cite}, not ${cite}`,
      );
    }
  });

const EVERY_CELL: readonly Cell[] = [
  ...SITUATION_NAMES.flatMap((name) => cellsOf(name)),
  ...TIMESTAMPED.flatMap((name) => timestampedCellsOf(name)),
];

test("the table has every state, segment, place and acknowledgement that a cell can have", () => {
  // 5 places × (4 segments without ACK + 6 with ACK × 3 acknowledgements)
  assert.equal(cellsOf("established").length, 5 * (4 + 6 * 3));
  // Without RCV.NXT there is no place, without SND.NXT no acknowledgement.
  assert.equal(cellsOf("syn-sent").length, 4 + 6 * 3);
  assert.equal(cellsOf("closed").length, 10);
  assert.equal(timestampedCellsOf("established").length, 5 * 10 * 3);
  assert.equal(EVERY_CELL.length, 2 * 10 + 22 + 11 * 110 + 11 * 150);
});

test("in the model a RST is never answered with a RST", () => {
  for (const cell of EVERY_CELL.filter(({ segment }) => segment.startsWith("rst")))
    for (const one of documentedCell(cell).permits) assert.doesNotMatch(one, /^RST/, `${cell.situation} ${cell.id}`);
});

/** Wrong on purpose: what the model says of some outcomes, bent. */
const MUTATIONS: Readonly<Record<string, (outcome: Outcome) => Outcome>> = {
  "a FIN in ESTABLISHED leads to CLOSING": (one) =>
    one.state === "CLOSE_WAIT" && one.ground.cite.includes("eighth") ? { ...one, state: "CLOSING" } : one,
  "a RST in the window is not challenged": (one) =>
    one.ground.cite.includes("second: 3)") ? { ...one, replies: [] } : one,
  "a SYN in the window resets": (one) => (one.ground.cite.includes("§4.2") ? { ...one, state: "CLOSED" } : one),
  "CLOSED answers nothing": (one) => (one.state === "CLOSED" ? { ...one, replies: [] } : one),
  "text is acknowledged one octet too far": (one) =>
    one.ground.cite.endsWith("seventh")
      ? { ...one, replies: one.replies.map((reply) => ({ ...reply, ack: reply.ack + 1 }) as typeof reply) }
      : one,
};

for (const [name, bend] of Object.entries(MUTATIONS))
  test(`a model in which ${name} differs from the text in at least one cell`, () => {
    const differing = EVERY_CELL.filter((cell) => {
      const wrong = documentedCell(cell, (tcb, segment) => segmentArrives(tcb, segment).map(bend));
      return wrong.permits.join() !== documentedCell(cell).permits.join();
    });
    assert.ok(differing.length > 0);
  });
