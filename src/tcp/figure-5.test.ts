import assert from "node:assert/strict";
import { test } from "node:test";
import { ARROWS, arrowsFrom, isArrow, reachable, SYNCHRONISED } from "./figure-5.ts";
import { STATES } from "./state.ts";

test("the arrows are numbered 1 to 20, and none stands twice", () => {
  assert.deepEqual(
    ARROWS.map(({ number }) => number),
    Array.from({ length: 20 }, (_, index) => index + 1),
  );
  assert.equal(new Set(ARROWS.map(({ from, to }) => `${from} ${to}`)).size, 20);
});

test("every state can be entered and left", () => {
  for (const state of STATES) {
    assert.ok(arrowsFrom(state).length > 0, `nothing leads out of ${state}`);
    assert.ok(
      ARROWS.some(({ to }) => to === state),
      `nothing leads to ${state}`,
    );
  }
});

test("as many arrows leave each state as the figure draws", () => {
  const drawn = { CLOSED: 2, LISTEN: 3, SYN_SENT: 3, SYN_RCVD: 3, ESTABLISHED: 2, FIN_WAIT_1: 2, FIN_WAIT_2: 1 };
  const others = { CLOSE_WAIT: 1, CLOSING: 1, LAST_ACK: 1, TIME_WAIT: 1 };
  assert.deepEqual(Object.fromEntries(STATES.map((state) => [state, arrowsFrom(state).length])), {
    ...drawn,
    ...others,
  });
});

test("notes 2 and 3 allow what the figure does not draw", () => {
  assert.ok(isArrow("FIN_WAIT_1", "TIME_WAIT"));
  for (const state of SYNCHRONISED) assert.ok(isArrow(state, "CLOSED"), `RST takes ${state} to CLOSED`);
  assert.ok(isArrow("ESTABLISHED", "TIME_WAIT"));
});

test("what neither figure nor notes allow is no arrow", () => {
  assert.ok(!isArrow("CLOSED", "ESTABLISHED"));
  assert.ok(!isArrow("SYN_SENT", "FIN_WAIT_1"));
  assert.ok(!isArrow("CLOSE_WAIT", "FIN_WAIT_2"));
  assert.ok(!isArrow("ESTABLISHED", "ESTABLISHED"));
});

test("both ends of a handshake and a close are reached from CLOSED", () => {
  for (const state of STATES) assert.ok(reachable("CLOSED", state), state);
});

test("a connection does not begin anew: nothing but CLOSED is reached from where it ends", () => {
  for (const state of STATES) {
    assert.equal(reachable("LAST_ACK", state), state === "CLOSED" || state === "TIME_WAIT", `LAST_ACK to ${state}`);
    assert.equal(reachable("TIME_WAIT", state), state === "CLOSED" || state === "TIME_WAIT", `TIME_WAIT to ${state}`);
  }
});

test("the end that was closed first never gets to the states of the end that closes first", () => {
  for (const state of ["FIN_WAIT_1", "FIN_WAIT_2", "CLOSING"] as const) {
    assert.ok(!reachable("CLOSE_WAIT", state));
    assert.ok(!reachable(state, "CLOSE_WAIT"));
  }
});
