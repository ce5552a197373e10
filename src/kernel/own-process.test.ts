import assert from "node:assert/strict";
import { test } from "node:test";
import { stayOnThisProcessor } from "./own-process.ts";
import { readProcFile } from "./proc-file.ts";

/** "0-1": the processors that the main thread may run on. */
const allowed = (): string =>
  /^Cpus_allowed_list:\s*(\S+)$/m.exec(readProcFile("/proc/thread-self/status"))?.[1] ?? "unknown";

test("the thread stays on one processor until it is let go, and may then go wherever it could before", () => {
  const before = allowed();
  {
    using _processor = stayOnThisProcessor();
    assert.match(allowed(), /^\d+$/);
  }
  assert.equal(allowed(), before);
});
