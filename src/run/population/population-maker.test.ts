import assert from "node:assert/strict";
import { test } from "node:test";
import { readProcFile } from "../../kernel/proc-file.ts";
import { PopulationMaker } from "./population-maker.ts";

const allowed = (): string =>
  /^Cpus_allowed_list:\s*(\S+)$/m.exec(readProcFile("/proc/thread-self/status"))?.[1] ?? "unknown";

/** A bulk that keeps which connection was asked for, and on which processors it might have been made. */
function watchedBulk() {
  const made: { readonly index: number; readonly on: string }[] = [];
  const openAndClose = (index: number) => {
    made.push({ index, on: allowed() });
    return [index, index + 0.5] as const;
  };
  return { made, openAndClose, [Symbol.dispose]() {} };
}

const place = { inside: <T>(work: () => T): T => work() };

for (const [how, entries] of Object.entries({ "spread over an interval": 30, "as fast as it goes": 20_001 }))
  test(`a population made ${how} has each connection once, and no thread that makes it changes processors`, async () => {
    const bulk = watchedBulk();
    using maker = new PopulationMaker(place, bulk, entries);
    await maker.makeAll(20, new AbortController().signal);
    assert.deepEqual(
      bulk.made.map(({ index }) => index),
      Array.from({ length: entries }, (_, index) => index),
    );
    assert.deepEqual(
      bulk.made.filter(({ on }) => !/^\d+$/.test(on)),
      [],
    );
    assert.equal(maker.made, entries);
    assert.equal(maker.batches.length, Math.ceil(entries / maker.batchSize));
  });
