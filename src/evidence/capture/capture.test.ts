import assert from "node:assert/strict";
import { test } from "node:test";
import { captureOf } from "./capture.ts";

const RUN = { id: "r1", lab: "close", kernel: "Linux 6.18.0", tool: "tcp-loopback-lab 0.1.0" };

test("the capture's section says which run it is, and whose", () => {
  const { comment, application } = captureOf({ ...RUN, student: "ada", nonce: "w0rd" }, [], []);
  assert.match(comment, /^lab close, run r1, Linux 6\.18\.0, student ada, nonce w0rd\n/);
  assert.equal(application, RUN.tool);
  assert.match(captureOf(RUN, [], []).comment, /^lab close, run r1, Linux 6\.18\.0\n/);
});
