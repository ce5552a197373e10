import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { holdsForAll } from "../testing/holds-for-all.ts";
import { braced } from "./braces.ts";

/** All that the text names, as a shell expands it. */
function named(text: string): readonly string[] {
  const [, before = "", choice, after = ""] = /^([^{]*)\{([^}]*)\}(.*)$/.exec(text) ?? [];
  return choice === undefined ? [text] : choice.split(",").flatMap((one) => named(`${before}${one}${after}`));
}

const allNamed = (text: string) => text.split(", ").flatMap(named).sort();

test("names that differ in one word are one, and then those that differ in another", () => {
  assert.equal(
    braced(["data-past-ack-old", "data-past-ack-next", "urgent-past-ack-old", "urgent-past-ack-next"]),
    "{data,urgent}-past-ack-{old,next}",
  );
  assert.equal(braced(["closed-port", "closed-port-free", "listen"]), "closed-port, closed-port-free, listen");
  assert.equal(braced(["one"]), "one");
});

test("each name is named exactly once, and no other", (t) => {
  const words = fc.array(fc.constantFrom("ack", "fin", "old", "next"), { minLength: 1, maxLength: 4 });
  const names = fc.uniqueArray(
    words.map((own) => own.join("-")),
    { minLength: 1, maxLength: 30 },
  );
  holdsForAll(
    t,
    fc.property(names, (own) => assert.deepEqual(allNamed(braced(own)), own.toSorted())),
    500,
  );
});
