import assert from "node:assert/strict";
import { test } from "node:test";
import type { SegmentLine } from "../../evidence/timeline.ts";
import { readTimeline } from "../../evidence/timeline-file.ts";
import { claimsOf } from "../../lab/scene-claims.ts";
import openAndClose from "../../testing/open-and-close.ts";
import { recordedFiles } from "../../testing/recorded-run.ts";
import { action, sceneOf, segment } from "../../testing/scene-of-lines.ts";
import { verdictDocumentOf } from "../../verdict/verdict-document.ts";
import { type RunView, scenesOf } from "../view/run-view.ts";
import { formatQuestions, questionSection } from "./format-questions.ts";
import { questionsOf } from "./questions.ts";

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

test("why a segment came again is told by its own timer: Linux doubles that of a SYN only after some of equal length", () => {
  const why = (flags: SegmentLine["flags"], end: "client" | "server") => {
    const again = { at: "1795332042.000000000", repeats: "e1" };
    const lines = [{}, again].map((more, index) =>
      segment({ id: `e${index + 1}`, frame: index + 1, flags, end, ...more }),
    );
    return (
      questionsOf([sceneOf([action({ id: "a1", step: "client connect" }), ...lines])]).find(({ question }) =>
        /more than once/.test(question),
      )?.answer ?? ""
    );
  };
  assert.match(why(["SYN"], "client"), /1000 ms later.*since 6\.5 \(ccce324dabfe\) only after tcp_syn_linear_timeouts/);
  assert.match(why(["SYN", "ACK"], "server"), /on Linux 1 s for a SYN ACK, doubled each time\)/);
  assert.match(why(["FIN", "ACK"], "client"), /on Linux at least 200 ms, doubled each time\)/);
});

test("the worksheet has every question and no answer", () => {
  const sheet = questionSection({ ...VIEW, worksheet: true }, SCENES);
  const key = formatQuestions(VIEW, { columns: 100, colour: false }, true).replaceAll(/\s+/g, " ");
  for (const { question, answer } of questionsOf(SCENES)) {
    assert.ok(sheet.includes(question.slice(0, 30)));
    assert.ok(!sheet.includes(answer.slice(0, 30)));
    assert.ok(key.includes(answer.slice(0, 60)));
  }
});
