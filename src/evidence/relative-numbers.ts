// Relative sequence numbers: each direction of a stream counts from its SYN or, where none is on the tape, from what is first told of it.

import { distance, type SequenceNumber, sequence } from "../tcp/sequence.ts";
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
  const scenes = new Map<string, ByPath<NumberSpace>>();
  for (const line of segments) {
    const spaces = scenes.get(line.scene) ?? new ByPath<NumberSpace>();
    scenes.set(line.scene, spaces);
    hear(line, spaces);
  }
  return new Map(segments.map((line) => [line.id, numbersOf(line, scenes.get(line.scene))]));
}

/** A kernel knows its own number, and the one it acknowledges. A reset borrows what it says; a forged segment may say anything. */
function hear({ from, to, seq, ack, flags, origin, repeats }: SegmentLine, spaces: ByPath<NumberSpace>): void {
  const kernel = origin === "kernel";
  const first = kernel && repeats === undefined;
  const own = spaces.getOrMake(from, to, makeSpace);
  const [opens, answers] = [first && flags.includes("SYN"), flags.includes("ACK")];
  // Where SYNs cross, the SYN ACK says an end's own SYN again (RFC 9293 §3.5, figure 7).
  const again = answers && own.opening;
  if (opens && !again) own.begin(sequence(seq));
  else own.hear(sequence(seq), kernel && !flags.includes("RST"));
  // A reset in between, which answers an old duplicate, opens nothing and ends nothing.
  if (first && !flags.includes("RST")) own.opening = opens && (again || !answers);
  if (flags.includes("ACK")) spaces.getOrMake(to, from, makeSpace).hear(sequence(ack), kernel);
}

function numbersOf(line: SegmentLine, spaces?: ByPath<NumberSpace>): RelativeNumbers {
  const { from, to, seq, ack, flags, options } = line;
  const [own, other] = [spaces?.get(from, to), spaces?.get(to, from)];
  // RFC 9293 §3.10.7.1: the reset of an end without a connection says <SEQ=0>, which counts from nothing.
  const bare = flags.includes("RST") && seq === 0;
  const blocks = options.find((option) => option.startsWith("sack "))?.slice("sack ".length);
  return {
    seq: bare ? 0 : (own?.relative(sequence(seq)) ?? 0),
    ack: flags.includes("ACK") ? (other?.relative(sequence(ack)) ?? 0) : 0,
    ...(blocks && { sack: blocks.replace(/\d+/g, (edge) => `${other?.relative(sequence(Number(edge))) ?? edge}`) }),
  };
}

/** The numbers of one direction. */
class NumberSpace {
  /** Several where the ports were used again: the nearest counts. */
  private firsts: readonly SequenceNumber[] = [];
  private sure = false;
  /** The last that its end sent, but for resets, is a SYN, or says it again. */
  opening = false;

  begin(first: SequenceNumber): void {
    if (!this.sure) this.firsts = [];
    if (!this.firsts.includes(first)) this.firsts = [...this.firsts, first];
    this.sure = true;
  }

  hear(number: SequenceNumber, sure: boolean): void {
    if (this.firsts.length === 0 || (sure && !this.sure)) this.firsts = [number];
    this.sure ||= sure;
  }

  relative(number: SequenceNumber): number {
    const distances = this.firsts.map((first) => distance(first, number));
    return distances.reduce((least, one) => (Math.abs(one) < Math.abs(least) ? one : least));
  }
}

const makeSpace = (): NumberSpace => new NumberSpace();
