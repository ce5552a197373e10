// Which flags a segment has that the kernel sends again: those of what it repeats, but for what Linux is free to change.

import type { SegmentLine } from "../../evidence/timeline.ts";
import { FLAGS, type Flag } from "../../tcp/flags.ts";
import { sequenceAfter } from "../../tcp/segment.ts";
import { distance, type SequenceNumber, sequence } from "../../tcp/sequence.ts";
import type { FirstSent } from "./first-sent.ts";

/** Farther than this an urgent pointer does not reach. */
const URGENT_REACH = 0xffff;

/** The flags that a repeat has and may not have, or has not and must; none where all is as it must be. `originals`: whose numbers it repeats. */
export function wrongFlags(repeat: SegmentLine, originals: readonly SegmentLine[], sent: FirstSent): readonly Flag[] {
  return FLAGS.filter((flag) => {
    const has = repeat.flags.includes(flag);
    switch (flag) {
      case "ECE":
      case "CWR":
        return has !== had(originals, flag) && !isFreeOfEcn(repeat, sent);
      case "PSH":
        return has !== endsWith(repeat, originals, flag) && !isFreeOfPush(repeat, originals, sent);
      case "FIN":
        return has !== endsWith(repeat, originals, flag);
      case "URG":
        return has !== isUrgent(repeat, sent) && !(has && sent.wroteUrgent(repeat.end));
      default:
        return has !== had(originals, flag);
    }
  });
}

const had = (originals: readonly SegmentLine[], flag: Flag): boolean =>
  originals.some(({ flags }) => flags.includes(flag));

/**
 * FIN and PSH go with the last octet: what is cut off before it loses both, what is put together keeps them (tcp_fragment and
 * tcp_collapse_retrans in net/ipv4/tcp_output.c).
 */
const endsWith = (repeat: SegmentLine, originals: readonly SegmentLine[], flag: Flag): boolean =>
  originals.some((line) => line.flags.includes(flag) && distance(afterData(line), sequenceAfter(repeat)) >= 0);

/** What is handed down as more than one segment has PSH for once (since Linux 5.4, __tcp_transmit_skb). */
const isFreeOfPush = (repeat: SegmentLine, originals: readonly SegmentLine[], sent: FirstSent): boolean =>
  repeat.flags.includes("PSH")
    ? !sent.isOneSegment(repeat)
    : !originals.some((line) => sent.isOneSegment(line) && endsWith(repeat, [line], "PSH"));

/** A FIN's own number is not counted: it is never cut off alone. */
const afterData = ({ flags, seq, length }: SegmentLine): SequenceNumber =>
  sequence(seq + length + (flags.includes("SYN") ? 1 : 0));

/** Set anew each time a segment leaves: as long as its first number lies before the end of what is urgent. */
function isUrgent(repeat: SegmentLine, sent: FirstSent): boolean {
  const end = sent.urgentEnd(repeat);
  if (end === undefined) return false;
  const ahead = distance(sequence(repeat.seq), end);
  return ahead > 0 && ahead <= URGENT_REACH;
}

/**
 * Of a SYN that is not answered both bits go (RFC 3168 §6.1.1.1, RFC 9768 §3.1.4.1). On a connection with ECN they tell how the
 * other direction fares when the segment leaves, and with accurate ECN they count.
 */
const isFreeOfEcn = (repeat: SegmentLine, sent: FirstSent): boolean =>
  repeat.flags.includes("SYN")
    ? !repeat.flags.includes("ECE") && !repeat.flags.includes("CWR")
    : sent.asksForEcn(repeat);
