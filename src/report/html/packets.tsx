// Every segment of a scene with its frame number, its numbers raw or relative as the reader chooses, and the arithmetic of its ack.

import type { SegmentLine } from "../../evidence/timeline.ts";
import { formatFlags } from "../../tcp/flags.ts";
import { shortened } from "../markdown/text.ts";
import { ackEquation } from "../view/ack-arithmetic.ts";
import { formatTime } from "../view/packet-table.ts";
import type { SceneView } from "../view/run-view.ts";
import { fatesOf, formatFate, formatOrigin, type SegmentFate } from "../view/segment-fate.ts";

/** Rows. */
const LIMIT = 60;

export function Packets({ scene }: { readonly scene: SceneView }) {
  const { segments } = scene.evidence;
  const [first] = segments;
  if (first === undefined) return <p>No segment is on the tape of this scene.</p>;
  const fateOf = fatesOf(scene);
  const shown = shortened(segments, LIMIT, "segments");
  const relative = segments.map((line) => ({ ...line, ...scene.evidence.relative.get(line.id) }));
  const row = (line: SegmentLine) => {
    const index = segments.indexOf(line);
    const told = {
      raw: ackEquation(line, segments.slice(0, index)),
      relative: ackEquation(relative[index] ?? line, relative.slice(0, index)),
    };
    return <Packet line={line} scene={scene} start={first.at} fate={fateOf(line)} equation={told} key={line.id} />;
  };
  return (
    <div class="packets">
      <Numbers scene={scene} />
      <div class="scroll">
        <table class="cards">
          <caption class="unseen">Packets of scene {scene.id}</caption>
          <thead>
            <tr>
              {["frame", "ms", "from", "flags", "seq", "ack", "length", "the ack's arithmetic", "fate"].map((head) => (
                <th scope="col" key={head}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.first.map(row)}
            {shown.said !== "" && (
              <tr class="gap">
                <td colSpan={9}>…</td>
              </tr>
            )}
            {shown.last.map(row)}
          </tbody>
        </table>
      </div>
      {shown.said !== "" && <p class="limit">{shown.said}</p>}
    </div>
  );
}

function Numbers({ scene }: { readonly scene: SceneView }) {
  return (
    <fieldset class="numbers-toggle">
      <legend class="unseen">Sequence numbers of scene {scene.id}</legend>
      {(["relative", "raw"] as const).map((kind) => (
        <label key={kind}>
          <input type="radio" name={`numbers-${scene.id}`} value={kind} checked={scene.numbers === kind} />
          {kind === "raw" ? "as on the wire" : "relative"}
        </label>
      ))}
    </fieldset>
  );
}

function Packet({
  line,
  scene,
  start,
  fate,
  equation,
}: {
  readonly line: SegmentLine;
  readonly scene: SceneView;
  readonly start: string;
  readonly fate: SegmentFate;
  readonly equation: { readonly raw: string; readonly relative: string };
}) {
  const relative = scene.evidence.relative.get(line.id) ?? line;
  const told = [formatOrigin(line, scene), formatFate(fate)].filter(Boolean).join("; ");
  const hasAck = line.flags.includes("ACK");
  return (
    <tr class={line.end}>
      <td data-head="frame" class="number">
        {line.frame}
      </td>
      <td data-head="ms" class="number">
        {formatTime(start, line.at)}
      </td>
      <td data-head="from">{line.end}</td>
      <td data-head="flags" class="flags">
        {formatFlags(line.flags)}
      </td>
      <td data-head="seq" class="number">
        {either(`${line.seq}`, `${relative.seq}`)}
      </td>
      <td data-head="ack" class="number">
        {hasAck ? either(`${line.ack}`, `${relative.ack}`) : ""}
      </td>
      <td data-head="length" class="number">
        {line.length}
      </td>
      <td data-head="arithmetic">{either(equation.raw, equation.relative)}</td>
      <td data-head="fate">{told}</td>
    </tr>
  );
}

/** Both stand there; the style sheet shows the one that the reader chose. */
const either = (raw: string, relative: string) =>
  raw === relative
    ? raw
    : [
        <span class="raw" key="raw">
          {raw}
        </span>,
        <span class="relative" key="relative">
          {relative}
        </span>,
      ];
