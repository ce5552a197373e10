import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import handshake from "../../../labs/handshake/lab.ts";
import matrix from "../../../labs/matrix/lab.ts";
import states from "../../../labs/states/lab.ts";
import timewait from "../../../labs/timewait/lab.ts";
import { claimsOf } from "../../lab/scene-claims.ts";
import { claimsOfCell } from "../cells/cell-claims.ts";
import { documentedCell } from "../cells/cell-outcome.ts";
import { type Cell, cellsOf } from "../cells/segment-cells.ts";
import { type KernelChange, renderFormer, renderLatter } from "./kernel-change.ts";
import * as changes from "./kernel-changes.ts";

const CHANGES: readonly KernelChange[] = Object.values(changes);
const WITH_FORMS = [handshake, matrix, states, timewait].flatMap(claimsOf).filter(({ forms }) => forms !== undefined);

const check = (id: string, variant: string): string =>
  fileURLToPath(new URL(`checks/${id}.${variant}.pkt`, import.meta.url));

test("no change is taken on trust: a commit, a script that needs none of this, kernels seen with it and without", () => {
  assert.equal(new Set(CHANGES.map(({ id }) => id)).size, CHANGES.length);
  for (const { id, commit, subject, where, seen } of CHANGES) {
    assert.match(commit.id, /^[0-9a-f]{12}$/, id);
    assert.match(commit.release, /^\d+\.\d+$/, id);
    assert.ok(subject !== "" && where.includes("()"), id);
    assert.ok(seen.former.length > 0 && seen.latter.length > 0, id);
    assert.ok(!seen.former.some((kernel) => seen.latter.includes(kernel)), `${id}: a kernel cannot be on both sides`);
    assert.match(readFileSync(check(id, "latter"), "utf8"), /^--strict_segments$/m, id);
  }
});

test("the first number that Linux chose without its change is random: of all changes, that side alone has no script", () => {
  const without = CHANGES.filter(({ id }) => !existsSync(check(id, "former"))).map(({ id }) => id);
  assert.deepEqual(without, ["first-number-after-time-wait"]);
});

test("every change decides a claim of a lab", () => {
  const ids = new Set(WITH_FORMS.flatMap(({ forms = [] }) => forms.flatMap(({ id }) => id.split(/-and-|-or-/))));
  for (const { id } of CHANGES) assert.ok(ids.has(`since-${id}`) && ids.has(`before-${id}`), id);
});

test("the forms of a claim differ, and one of them is what is documented, or known of the newest Linux", () => {
  assert.ok(WITH_FORMS.length > 200);
  for (const { id, forms = [], documented, refines } of WITH_FORMS) {
    const own = forms.filter(({ ask }) => ask === undefined).map(({ value }) => `${value.kind} ${value.value}`);
    assert.equal(new Set(own).size, own.length, id);
    assert.ok(forms.length > 1, id);
    if (!id.startsWith("matrix.") || refines !== undefined)
      assert.ok(own.includes(`${documented.kind} ${documented.value}`), id);
  }
});

const cell = (situation: Cell["situation"], id: string): Cell => {
  const found = cellsOf(situation).find((one) => one.id === id);
  assert.ok(found, id);
  return found;
};

test("where the newest Linux does as the RFCs say and others do not, the RFC's own claim has both forms", () => {
  const [documented, ...more] = claimsOfCell(cell("established", "ack-next-ack-beyond"), "client", "meet it");
  assert.deepEqual(more, []);
  assert.deepEqual(
    documented?.forms?.map(({ id, value }) => [id, value.value]),
    [
      ["since-ack-of-unsent-data", "ACK seq=SND.NXT ack=RCV.NXT; ESTABLISHED"],
      ["before-ack-of-unsent-data", "nothing; ESTABLISHED"],
    ],
  );
});

test("where two changes meet in one cell, the form of kernels that answer alike tells of both", () => {
  const { forms } = documentedCell(cell("close-wait", "fin-ack-past-ack-old"));
  assert.deepEqual(
    forms.map(({ id }) => id),
    [
      "since-fin-beyond-the-window-and-since-old-ack-while-closing",
      "before-fin-beyond-the-window-or-before-old-ack-while-closing",
    ],
  );
  const [, former] = forms;
  assert.match(former?.told ?? "", /^Linux from 9ca48d616ed7 .* Or: Linux before 795a7dfbc3d9 /);
});

test("a kernel that lacks two changes and so answers as the newest is not said to have one of them", () => {
  const { forms } = documentedCell(cell("close-wait", "data-past-ack-old"));
  assert.deepEqual(
    forms.map(({ id }) => id),
    ["since-data-beyond-the-window-or-before-old-ack-while-closing", "before-data-beyond-the-window"],
  );
});

test("a form says which kernels have it, with commit and releases, also where Linux went there and back", () => {
  assert.equal(
    renderFormer(changes.ACK_OF_UNSENT_DATA),
    "Linux before 42726ec644cb (7.1, 6.18.33) drops in ESTABLISHED, without a word, a segment that acknowledges what was never sent: tcp_rcv_established(), tcp_ack().",
  );
  assert.match(
    renderFormer(changes.FIN_BEYOND_THE_WINDOW),
    /^Linux from 9ca48d616ed7 \(6\.17\) until 1e3bb184e941 \(7\.0, /,
  );
  assert.match(
    renderLatter(changes.FIN_BEYOND_THE_WINDOW),
    /^Linux before 9ca48d616ed7 \(6\.17\), and since 1e3bb184e941 \(7\.0, /,
  );
});
