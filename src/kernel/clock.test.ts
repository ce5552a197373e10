import assert from "node:assert/strict";
import { test } from "node:test";
import { RunClock, settleStamp } from "./clock.ts";

const SECOND = 1_000_000_000n;
const CLOCK_REALTIME = 0;

/** A machine whose clocks the test moves on, and one of which it sets. */
function machine() {
  const time = { realtime: 1_795_332_041n * SECOND, monotonic: 100n * SECOND };
  return {
    clock: new RunClock((which) => (which === CLOCK_REALTIME ? time.realtime : time.monotonic)),
    pass(nanoseconds: bigint) {
      time.realtime += nanoseconds;
      time.monotonic += nanoseconds;
    },
    set(by: bigint) {
      time.realtime += by;
    },
  };
}

test("a run's time is the real one", () => {
  const { clock, pass } = machine();
  pass(SECOND + 17n);
  assert.equal(clock.now(), "1795332042.000000017");
  assert.equal(clock.step, 0n);
});

for (const by of [3600n * SECOND, -3600n * SECOND, 2_000_000n])
  test(`a clock that is set by ${by} ns meanwhile moves nothing in the timeline`, () => {
    const { clock, pass, set } = machine();
    pass(SECOND);
    set(by);
    pass(SECOND);
    assert.equal(clock.now(), "1795332043.000000000");
    // A frame that the kernel stamped now, by the clock that has been set.
    const stamp = 1_795_332_043n * SECOND + by;
    assert.equal(settleStamp(Number(stamp / SECOND), Number(stamp % SECOND), clock.step), "1795332043.000000000");
  });
