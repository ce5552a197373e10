import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { z } from "zod";
import { verdictDocument } from "./document-schema.ts";

const FILE = new URL("verdict.schema.json", import.meta.url);

test("verdict.schema.json is what the zod schema says (WRITE_SCHEMA=1 writes it)", () => {
  const generated = `${JSON.stringify(z.toJSONSchema(verdictDocument), null, 2)}\n`;
  if (process.env.WRITE_SCHEMA === "1") writeFileSync(FILE, generated);
  assert.equal(readFileSync(FILE, "utf8"), generated);
});
