// Relative sequence numbers: each direction of a stream counts from its SYN or, where none is on the tape, from what is first told of it.

import { sequence } from "../tcp/sequence.ts";
import { countSent, countTold, relativeNumber, type SequenceBlock, UNTOLD } from "../tcp/sequence-block.ts";
import { ByPath } from "./by-path.ts";
import type { SegmentLine } from "./timeline.ts";

export interface RelativeNumbers {
  readonly seq: number;
  readonly ack: number;
  /** The blocks of its SACK option, as `ack` counts: "5-13 20-30". */
  readonly sack?: string;
}

/** By line id. */
export function numberRelatively(segments: readonly SegmentLine[]): ReadonlyMap<string, RelativeNumbers> {
  const scenes = new Map<string, ByPath<SequenceBlock>>();
  for (const line of segments) {
    const blocks = scenes.get(line.scene) ?? new ByPath<SequenceBlock>();
    scenes.set(line.scene, blocks);
    count(line, blocks);
  }
  return new Map(segments.map((line) => [line.id, numbersOf(line, scenes.get(line.scene))]));
}

/** Of both directions: what the line tells of its sender's numbers, and of those that it acknowledges. */
function count(line: SegmentLine, blocks: ByPath<SequenceBlock>): void {
  const { from, to, seq, ack, flags } = line;
  const isKernels = line.origin === "kernel";
  const own = blocks.get(from, to) ?? UNTOLD;
  blocks.set(from, to, isKernels ? countSent(own, line) : countTold(own, sequence(seq), false));
  if (!flags.includes("ACK")) return;
  blocks.set(to, from, countTold(blocks.get(to, from) ?? UNTOLD, sequence(ack), isKernels));
}

function numbersOf(line: SegmentLine, blocks?: ByPath<SequenceBlock>): RelativeNumbers {
  const { from, to, seq, ack, flags, options } = line;
  const [own = UNTOLD, other = UNTOLD] = [blocks?.get(from, to), blocks?.get(to, from)];
  const relative = (block: SequenceBlock, number: number) => relativeNumber(block, sequence(number));
  // RFC 9293 §3.10.7.1: the reset of an end without a connection says <SEQ=0>, which counts from nothing.
  const bare = flags.includes("RST") && seq === 0;
  const sack = options.find((option) => option.startsWith("sack "))?.slice("sack ".length);
  return {
    seq: bare ? 0 : (relative(own, seq) ?? 0),
    ack: flags.includes("ACK") ? (relative(other, ack) ?? 0) : 0,
    ...(sack && { sack: sack.replace(/\d+/g, (edge) => `${relative(other, Number(edge)) ?? edge}`) }),
  };
}
