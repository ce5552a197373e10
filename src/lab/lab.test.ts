import assert from "node:assert/strict";
import { test } from "node:test";
import { LabError } from "../fault.ts";
import { scene } from "./lab.ts";

const play = async () => {};
const refused = (setting: object) => {
  let message = "";
  assert.throws(
    () => scene(setting as Parameters<typeof scene>[0]),
    (error) => {
      assert.ok(error instanceof LabError);
      message = error.message;
      return true;
    },
  );
  return message;
};

test("a property that no scene of its mode has is refused: it would be passed over in silence", () => {
  const held = { id: "held", title: "Held.", mode: "stepped", play };
  assert.match(refused({ ...held, mayNotPauze: true }), /no such property "mayNotPauze": did you mean "mayNotPause"\?/);
  assert.match(refused({ ...held, mode: "free", isn: { client: 1 } }), /no such property "isn"/);
  assert.match(refused({ ...held, mode: "steped" }), /no such mode "steped": did you mean "stepped"\?/);
  assert.equal(scene({ id: "held", title: "Held.", mode: "stepped", mtu: 1500, mayNotPause: true, play }).mtu, 1500);
});
