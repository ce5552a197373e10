import assert from "node:assert/strict";
import { test } from "node:test";
import { readTimeline } from "../../evidence/timeline-file.ts";
import { claimsOf } from "../../lab.ts";
import openAndClose from "../../testing/open-and-close.ts";
import { recordedFiles } from "../../testing/recorded-run.ts";
import { verdictDocumentOf } from "../../verdict/verdict-document.ts";
import { type RunView, scenesOf } from "../run-view.ts";
import { questionsOf } from "./questions.ts";
import { questionSection, spellQuestions } from "./spell-questions.ts";

const claims = claimsOf(openAndClose);
const timeline = readTimeline(recordedFiles()["timeline.jsonl"].toString());
const verdict = verdictDocumentOf(claims, timeline, { timeline: "", capture: "" });
const VIEW: RunView = { lab: openAndClose, claims, verdict, timeline, environment: { kernel: "" } };

const SCENES = scenesOf(VIEW);

const answerTo = (words: RegExp): string => {
  const found = questionsOf(SCENES).filter(({ question }) => words.test(question));
  assert.equal(found.length, 1, `one question must ask ${words}`);
  return found[0]?.answer ?? "";
};

test("the opening is explained with its frames and the arithmetic of its acks", () => {
  assert.match(
    answerTo(/SYN ACK, which ack/),
    /^Frame 2: .* ack = 1234567 \+ 1 \(SYN\) = 1234568: the number of the SYN in frame 1/,
  );
  assert.match(answerTo(/third segment/), /^Frame 3: sequence number 1234568 .*nobody acknowledges it/);
  assert.match(
    answerTo(/which end is ESTABLISHED first/),
    /after "deliver SYN ACK" client ESTABLISHED, server SYN_RCVD/,
  );
});

test("the close is explained: who, how many segments, which numbers, and TIME_WAIT", () => {
  assert.match(
    answerTo(/closed first/),
    /^The client: frame 4 is the first with FIN; .* frame 6, was sent later.*FIN_WAIT_1/,
  );
  assert.match(answerTo(/How many segments/), /^Four \(frames 4, 5, 6, 7\)/);
  assert.match(answerTo(/acknowledges the first FIN/), /^Frame 5: ack = 100 \+ 1 \(FIN\) = 101\./);
  assert.match(answerTo(/sequence number 120\?/), /^Frame 5 \(ACK\) and frame 6 \(FIN ACK\)/);
  assert.match(answerTo(/TIME_WAIT/), /^The client, the end that closed first.*(59|60)\.\d\d s left/);
  assert.match(answerTo(/grow with data/), /8 octets of data\. .*ack = 120 \+ 8 \(octets\) = 128/);
});

test("the worksheet has every question and no answer", () => {
  const sheet = questionSection({ ...VIEW, worksheet: true }, SCENES);
  const key = spellQuestions(VIEW, { columns: 100, colour: false }, true).replaceAll(/\s+/g, " ");
  for (const { question, answer } of questionsOf(SCENES)) {
    assert.ok(sheet.includes(question.slice(0, 30)));
    assert.ok(!sheet.includes(answer.slice(0, 30)));
    assert.ok(key.includes(answer.slice(0, 60)));
  }
});
