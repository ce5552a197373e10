import assert from "node:assert/strict";
import { test } from "node:test";
import { UsageError } from "../../fault.ts";
import { onlyOpenAndClose, recordedFiles } from "../../testing/recorded-run.ts";
import { isRefusal, type Judged, type Judgement, judgeBundle } from "../judge-bundle.ts";
import { claimSetOf } from "./claim-set.ts";
import { classJson } from "./class-json.ts";
import { ClassTable } from "./class-table.ts";
import { csvFormat } from "./csv.ts";
import type { GradeFormat } from "./format.ts";
import { gradescopeResults } from "./gradescope.ts";
import { junitFormat } from "./junit.ts";
import { checkRubric, type Rubric, readRubric } from "./rubric.ts";
import { tapFormat } from "./tap.ts";

const EVIL = `=cmd|'/C calc'!A0,"<script>alert(1)</script>]]>\u0007\n# TODO &`;

async function judged(): Promise<Judgement> {
  const one = await judgeBundle({ name: "class/ada", files: recordedFiles() }, onlyOpenAndClose);
  assert.ok(!isRefusal(one));
  return one;
}
const refused: Judged = { name: EVIL, refused: `nothing but ${EVIL}` };
const inconsistent = (one: Judgement): Judgement => ({ ...one, complaints: [{ check: "clock", text: EVIL }], exit: 1 });

const written = (format: GradeFormat, all: readonly Judged[]): string =>
  format.begin + all.map((one) => format.add(one)).join("") + format.end();

test("JUnit XML is well-formed, whatever the names, and counts its cases", async () => {
  const one = await judged();
  const xml = written(junitFormat(), [one, inconsistent(one), refused]);
  assert.ok(!xml.includes("<script>") && !xml.includes("\u0007"));
  assert.match(xml, new RegExp(`tests="${one.verdict.claims.length + 1}" failures="0" errors="0" skipped="0"`));
  const tags = [...xml.matchAll(/<(\/?)([a-z]+)(?:\s[a-z]+="[^"<]*")*\s*(\/?)>/g)];
  const open: string[] = [];
  for (const [, closing, name = "", empty] of tags)
    if (closing) assert.equal(open.pop(), name);
    else if (!empty) open.push(name);
  assert.deepEqual(open, []);
  assert.equal(tags.length, [...xml.matchAll(/</g)].length - 1, "every < but the declaration's begins a tag");
});

test("TAP has a plan that counts its points, one line each", async () => {
  const one = await judged();
  const lines = written(tapFormat(), [one, inconsistent(one), refused])
    .trimEnd()
    .split("\n");
  const points = lines.filter((line) => /^(not )?ok \d+ - /.test(line));
  assert.equal(lines.at(-1), `1..${points.length}`);
  assert.equal(points.length, 2 * (one.verdict.claims.length + 1) + 1);
  assert.ok(lines.every((line) => /^(TAP version 14|(not )?ok \d+ - .*|# .*|1\.\.\d+)$/.test(line)));
  assert.ok(
    points.every((line) => !/(?<!\\)#/.test(line)),
    "a name must not begin a directive",
  );
});

test("a grade book's cells stay cells: quoted, and no formula", async () => {
  const one = await judged();
  const csv = written(csvFormat(undefined), [one, inconsistent(one), refused]);
  const [head = "", ada = ""] = csv.split("\r\n");
  assert.match(head, /^file,student,nonce,lab,run,/);
  assert.match(ada, /^class\/ada,ada\.lovelace,w0rd,open-and-close,/);
  assert.ok(csv.includes(`"'=cmd|`), "what begins with = must be a text");
  assert.equal(csv.split("\r\n").length, 5);
});

test("JSON is one document, however many runs", async () => {
  const one = await judged();
  const format = classJson();
  const text = format.begin + format.add(one) + format.add(refused) + format.end([]);
  const document = JSON.parse(text);
  assert.deepEqual([document.schemaVersion, document.runs.length, document.exit], [1, 2, 3]);
  assert.deepEqual(document.runs[0].verdict, one.verdict);
});

test("the document's exit is that of the process: a surprise is worse than what stayed open, a refusal than either", async () => {
  const one = await judged();
  const open: Judgement = { ...one, exit: 2 };
  const exitOfAll = (all: readonly Judged[]) => {
    const format = classJson();
    return JSON.parse(format.begin + all.map((each) => format.add(each)).join("") + format.end([])).exit;
  };
  for (const [all, exit] of [
    [[], 0],
    [[one], 0],
    [[open, one], 2],
    [[inconsistent(one), open], 1],
    [[open, inconsistent(one)], 1],
    [[inconsistent(one), refused, open], 3],
  ] as const)
    assert.equal(exitOfAll(all), exit);
});

test("the table names what needs a second look, in printable letters", async () => {
  const one = await judged();
  const table = new ClassTable();
  for (const row of [one, inconsistent(one), refused]) table.add(row);
  const many = Array.from({ length: 1000 }, (_, index) => `copy-${index}`);
  const sharing = [
    { runs: ["a", "b", EVIL], shared: { number: 9 } },
    { runs: many, shared: { instant: 64, gap: 63 } },
  ];
  const text = table.format(sharing, { columns: 100, colour: false });
  assert.match(text, /3 judged: 1 as expected, 1 with surprises or evidence that does not fit together, 1 refused\./);
  assert.match(text, /^ {2}a, b and =cmd/m);
  assert.match(text, /9 equal random initial numbers/);
  assert.match(
    text.replaceAll(/\s+/g, " "),
    /copy-11 and 988 more \(--json has all\): 64 equal times to the nanosecond, 63 /,
  );
  assert.ok(!text.includes("\u0007"));
});

test("Gradescope gets a test for every graded claim, with the rubric's points", async () => {
  const one = await judged();
  const { claims } = one;
  const rubric: Rubric = {
    rubricVersion: 1,
    labs: {
      "open-and-close": {
        claimSet: claimSetOf(claims),
        each: 2,
        claims: { "opening.syn": 5 },
        leaveOut: ["free", "data-left"],
      },
    },
  };
  const results = gradescopeResults([one], rubric);
  const graded = claims.filter(({ scene }) => scene !== "free" && scene !== "data-left");
  assert.equal(results.tests.length, graded.length);
  assert.equal(results.score, 2 * (graded.length - 1) + 5);
  assert.ok(results.tests.every(({ score, max_score, status }) => score === max_score && status === "passed"));
  const bad = gradescopeResults([inconsistent(one), refused], rubric);
  assert.equal(bad.score, 0);
  assert.match(bad.output, /not consistent/);
  assert.match(gradescopeResults([refused], rubric).tests[0]?.name ?? "", /a run of it is handed in/);
});

test("a rubric is refused for other claims than it was made for, and for names that do not exist", async () => {
  const { claims } = await judged();
  const own = { claimSet: claimSetOf(claims), each: 1 };
  checkRubric("open-and-close", own, claims);
  assert.throws(() => checkRubric("open-and-close", { ...own, claimSet: "0" }, claims), UsageError);
  assert.throws(
    () => checkRubric("open-and-close", { ...own, claims: { "opening.sin": 1 } }, claims),
    /did you mean "opening\.syn"/,
  );
  assert.throws(() => checkRubric("open-and-close", own, claims.slice(1)), /claim set/);
  for (const text of ["{", "[]", '{"rubricVersion":1,"labs":{"x":{"claimSet":"","each":-1}}}'])
    assert.throws(() => readRubric(text, "rubric.json"), UsageError);
});
