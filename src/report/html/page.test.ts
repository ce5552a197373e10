import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { EXAMPLE } from "../../testing/example-run.ts";
import { HOSTILE_RUN, HOSTILE_WORDS } from "../../testing/hostile-run.ts";
import { reportHtml } from "./page.tsx";

const page = reportHtml(EXAMPLE);

const inside = (text: string, tag: string): readonly string[] =>
  [...text.matchAll(new RegExp(`<${tag}[^>]*>([\\s\\S]*?)</${tag}>`, "g"))].map(([, content = ""]) => content);

const sha256 = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

test("the policy allows nothing but the one script and the one style sheet, by their digests", () => {
  const [, policy = ""] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
  const [script = "", ...otherScripts] = inside(page, "script");
  const [style = "", ...otherStyles] = inside(page, "style");
  assert.deepEqual([otherScripts, otherStyles], [[], []]);
  assert.match(policy, /default-src 'none'/);
  assert.ok(policy.includes(`script-src ${sha256(script)};`));
  assert.ok(policy.includes(`style-src ${sha256(style)};`));
  assert.doesNotMatch(policy, /unsafe|https?:|\*/);
});

test("nothing in the page refers to anything outside it", () => {
  const references = [...page.matchAll(/\s(?:src|href|srcset|action|data|poster)="([^"]*)"/g)].map(([, to = ""]) => to);
  assert.ok(references.length > 0);
  assert.deepEqual(
    references.filter((to) => !to.startsWith("#")),
    [],
  );
  assert.doesNotMatch(inside(page, "style").join(), /url\((?!#)|@import/);
});

test("every link leads to something in the page, and no id stands twice", () => {
  const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id = ""]) => id);
  assert.equal(new Set(ids).size, ids.length);
  const targets = [...page.matchAll(/\shref="#([^"]*)"/g)].map(([, id = ""]) => id);
  assert.deepEqual(
    targets.filter((id) => !ids.includes(id)),
    [],
  );
});

test("no element carries a style or a handler of its own", () => {
  assert.doesNotMatch(page.replace(/<(script|style)>[\s\S]*?<\/\1>/g, ""), /<[^>]*\s(?:style|on\w+)=/);
});

test("names, raw lines and ids from outside are text, whatever they look like", () => {
  const hostile = reportHtml(HOSTILE_RUN);
  for (const word of HOSTILE_WORDS) assert.ok(!hostile.includes(word), `stands there unescaped: ${word}`);
  assert.equal(inside(hostile, "script").length, 1);
  assert.ok(hostile.includes("&lt;img src=x onerror=alert(1)>"));
});

test("every claim and every scene of the run stands in the page", () => {
  for (const { id } of EXAMPLE.lab.scenes) assert.ok(page.includes(`id="scene-${id}"`));
  for (const { id } of EXAMPLE.claims) assert.ok(page.includes(`<code>${id}</code>`), id);
});

test("the verdict stands at the top, before the first scene", () => {
  const top = page.slice(0, page.indexOf("<main>"));
  assert.ok(top.includes(EXAMPLE.lab.question));
  assert.ok(top.includes("2 surprises"));
});
