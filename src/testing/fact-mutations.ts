// Changes to a recorded run that each change a fact: one that a claim names, or one that two parts of the evidence tell. What is changed decides that, not what the judge makes of it.

import type { CapturedFrame } from "../evidence/capture/pcapng.ts";
import type { TimelineLine } from "../evidence/timeline.ts";
import { FLAGS } from "../tcp/flags.ts";
import { sequence } from "../tcp/sequence.ts";
import { type Forgery, forgedInBoth, recounted, withSegments } from "./careful-forger.ts";
import {
  actionsIn,
  anotherState,
  certainIn,
  endAsked,
  exchanged,
  replaced,
  STATE_CLAIMS,
  sightingsIn,
  stepAsked,
  tabledSegments,
  without,
} from "./changed-lines.ts";
import type { Chance } from "./seeded.ts";

type Mutate = (run: Forgery, chance: Chance) => Forgery;

const inTimeline =
  (mutate: (run: Forgery, chance: Chance) => readonly TimelineLine[]): Mutate =>
  (run, chance) => ({ ...run, lines: mutate(run, chance) });

const inCapture =
  (mutate: (packets: readonly CapturedFrame[], chance: Chance) => readonly CapturedFrame[]): Mutate =>
  (run, chance) => ({ ...run, capture: { ...run.capture, packets: mutate(run.capture.packets, chance) } });

/** Changes one packet of the capture, and nothing in the timeline. */
const inPacket = (change: (packet: CapturedFrame, chance: Chance) => CapturedFrame): Mutate =>
  inCapture((packets, chance) => {
    const at = chance.number(packets.length);
    return packets.map((packet, index) => (index === at ? change(packet, chance) : packet));
  });

/** Octets of Ethernet and IPv4 header: TCP begins there. */
const TCP_AT = 34;
const withOctet = (packet: CapturedFrame, at: number, change: (octet: number) => number): CapturedFrame => {
  const frame = packet.frame.slice();
  frame[at] = change(frame[at] ?? 0) & 0xff;
  return { ...packet, frame };
};

const later = (at: string, nanoseconds: bigint): string => {
  const digits = String(BigInt(at.replace(".", "")) + nanoseconds);
  return `${digits.slice(0, -9)}.${digits.slice(-9)}`;
};
const anHour = (chance: Chance): bigint =>
  (chance.number(2) === 0 ? -1n : 1n) * BigInt(3_600_000_000_000 + chance.number(1e9));

/** What each is done to decides that it changes a fact: one that a claim names, or that two parts of the evidence tell. */
export const FACT_MUTATIONS: Readonly<Record<string, Mutate>> = {
  "a flag, in the timeline": inTimeline(({ lines }, chance) => {
    const line = chance.pick(tabledSegments(lines));
    const flag = chance.pick(FLAGS);
    const flags = FLAGS.filter((one) => line.flags.includes(one) !== (one === flag));
    return replaced(lines, line, { flags });
  }),
  "a number, in the timeline": inTimeline(({ lines }, chance) => {
    const line = chance.pick(tabledSegments(lines));
    const field = chance.pick(["seq", "ack", "length"] as const);
    return replaced(lines, line, { [field]: (line[field] + 1 + chance.number(1000)) % 2 ** 32 });
  }),
  "as how many segments the kernel counts a frame": inTimeline(({ lines }, chance) => {
    const line = lines.find((one) => one.type === "segment" && one.length > 1);
    return line?.type === "segment" ? replaced(lines, line, { gsoSize: 1 + chance.number(line.length - 1) }) : lines;
  }),
  "a header, in the timeline": inTimeline(({ lines }, chance) => {
    const line = chance.pick(tabledSegments(lines));
    const at = chance.number(line.header.length);
    const digit = ((Number.parseInt(line.header[at] ?? "0", 16) + 1 + chance.number(15)) % 16).toString(16);
    return replaced(lines, line, { header: line.header.slice(0, at) + digit + line.header.slice(at + 1) });
  }),
  "a state, beside its raw line": inTimeline(({ lines }, chance) => {
    const claim = chance.pick(STATE_CLAIMS);
    const sighting = chance.pick(certainIn(lines, stepAsked(claim, lines), endAsked(claim)));
    return replaced(lines, sighting, { states: [anotherState(chance, sighting.states?.[0])] });
  }),
  "a raw line, which says another state": inTimeline(({ lines }, chance) => {
    const claim = chance.pick(STATE_CLAIMS);
    const look = certainIn(lines, stepAsked(claim, lines), endAsked(claim)).filter(
      ({ witness, raw }) => witness === "procfs" && raw !== "",
    );
    if (look.length === 0)
      return replaced(lines, chance.pick(sightingsIn(lines).filter(({ raw }) => raw !== "")), { raw: "" });
    const sighting = chance.pick(look);
    const state = / 0[1-9AB] /.exec(sighting.raw)?.[0] ?? "";
    return replaced(lines, sighting, {
      raw: sighting.raw.replace(state, chance.pick([" 01 ", " 05 ", " 06 "].filter((one) => one !== state))),
    });
  }),
  "a timer, beside its raw line": inTimeline(({ lines }, chance) => {
    const sighting = chance.pick(sightingsIn(lines).filter(({ timer }) => timer?.kind === "time-wait"));
    return replaced(lines, sighting, { timer: { ...sighting.timer, milliseconds: 240_000 + chance.number(1000) } });
  }),
  "what a call came back with": inTimeline(({ lines }) => {
    const action = actionsIn(lines).find(({ step }) => step === "client receive");
    return action === undefined ? lines : replaced(lines, action, { outcome: { ok: true, value: '"the west"' } });
  }),
  "a fate": inTimeline(({ lines }, chance) => {
    const action = chance.pick(actionsIn(lines).filter(({ step }) => step.startsWith("deliver ")));
    return replaced(lines, action, { fate: chance.pick(["dropped", "duplicated"] as const) });
  }),
  "whose run it is": inTimeline(({ lines }, chance) => {
    const [run] = lines;
    if (run?.type !== "note") return lines;
    return replaced(lines, run, { data: { ...run.data, [chance.pick(["student", "nonce", "kernel", "id"])]: "eve" } });
  }),
  "the time of a segment, in the timeline": inTimeline(({ lines }, chance) => {
    const line = chance.pick(tabledSegments(lines));
    return replaced(lines, line, { at: later(line.at, anHour(chance)) });
  }),
  "the time of a step": inTimeline(({ lines }, chance) => {
    const action = chance.pick(actionsIn(lines));
    return replaced(lines, action, { at: later(action.at, anHour(chance)) });
  }),
  "the order of two segments, in the timeline": inTimeline(({ lines }, chance) => {
    const scene = chance.pick(["opening", "documented-numbers"]);
    const own = tabledSegments(lines).filter((line) => line.scene === scene);
    const one = chance.pick(own);
    return recounted(exchanged(lines, one, chance.pick(own.filter((line) => line !== one))));
  }),
  "the order of two segments, in both files": (run, chance) => {
    const own = tabledSegments(run.lines).filter((line) => line.scene === "opening");
    const one = chance.pick(own);
    return withSegments(run, exchanged(run.lines, one, chance.pick(own.filter((line) => line !== one))));
  },
  "a segment is gone, in the timeline": inTimeline(({ lines }, chance) =>
    recounted(without(lines, [chance.pick(tabledSegments(lines))])),
  ),
  "a segment is gone, in both files": (run, chance) =>
    withSegments(run, without(run.lines, [chance.pick(tabledSegments(run.lines))])),
  "a step is gone": (run, chance) =>
    withSegments(run, without(run.lines, [stepAsked(chance.pick(STATE_CLAIMS), run.lines)])),
  "a look is gone": inTimeline(({ lines }, chance) => {
    const claim = chance.pick(STATE_CLAIMS);
    const step = stepAsked(claim, lines);
    return recounted(
      without(
        lines,
        sightingsIn(lines).filter(({ after, end }) => after === step.id && end === endAsked(claim)),
      ),
    );
  }),
  "a line is gone, and not counted anew": inTimeline(({ lines }, chance) =>
    without(lines, [chance.pick(lines.slice(1, -1))]),
  ),
  "a segment stands twice, in both files": (run, chance) => {
    const line = chance.pick(tabledSegments(run.lines));
    return withSegments(
      run,
      run.lines.flatMap((one) => (one === line ? [one, { ...one }] : [one])),
    );
  },
  "a step stands twice": inTimeline(({ lines }, chance) => {
    const action = chance.pick(actionsIn(lines));
    return recounted(lines.flatMap((line) => (line === action ? [line, { ...line }] : [line])));
  }),
  "a number, in both files, header and checksum with it": (run, chance) => {
    const line = chance.pick(tabledSegments(run.lines));
    const field = line.flags.includes("ACK") ? chance.pick(["seq", "ack"] as const) : "seq";
    return forgedInBoth(run, line, (segment) => ({
      ...segment,
      [field]: sequence(segment[field] + 1 + chance.number(1000)),
    }));
  },
  "a flag, in both files, header and checksum with it": (run, chance) => {
    const flag = chance.pick(FLAGS);
    return forgedInBoth(run, chance.pick(tabledSegments(run.lines)), (segment) => ({
      ...segment,
      flags: FLAGS.filter((one) => segment.flags.includes(one) !== (one === flag)),
    }));
  },
  "what the server had left, in the capture": (run) => {
    const line = run.lines.find((one) => one.type === "segment" && one.length > 0);
    if (line?.type !== "segment") return run;
    return forgedInBoth(run, line, (segment) => ({ ...segment, payload: segment.payload.toReversed() }));
  },
  "the flags of a packet": inPacket((packet, chance) =>
    withOctet(packet, TCP_AT + 13, (octet) => octet ^ (1 << chance.number(6))),
  ),
  "the numbers of a packet": inPacket((packet, chance) =>
    withOctet(packet, TCP_AT + 4 + chance.number(8), (octet) => octet + 1 + chance.number(255)),
  ),
  "the ports or addresses of a packet": inPacket((packet, chance) =>
    withOctet(packet, TCP_AT - 8 + chance.number(12), (octet) => octet + 1 + chance.number(255)),
  ),
  "the time of a packet": inPacket((packet, chance) => ({ ...packet, at: later(packet.at, anHour(chance)) })),
  "what a packet's comment says": inPacket((packet) => ({
    ...packet,
    comment: `${packet.comment}, server ESTABLISHED`,
  })),
  "the scene of a packet": inPacket((packet) => ({ ...packet, interface: packet.interface === 0 ? 1 : 0 })),
  "the order of two packets": inCapture((packets, chance) => {
    const at = chance.number(packets.length - 1);
    return packets.map((packet, index) => packets[index === at ? at + 1 : index === at + 1 ? at : index] ?? packet);
  }),
  "a packet is gone": inCapture((packets, chance) => packets.toSpliced(chance.number(packets.length), 1)),
  "a packet stands twice": inCapture((packets, chance) =>
    packets.toSpliced(chance.number(packets.length), 0, chance.pick(packets)),
  ),
  "whose capture it is": (run) => ({
    ...run,
    capture: { ...run.capture, comment: run.capture.comment.replace("student", "eve") },
  }),
};
