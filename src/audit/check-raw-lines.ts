// Whether every sighting says what its raw line says: each is read again by the dialect's own parser, and held against what was written beside it.

import { readInetDiag } from "../dialect/inet-diag/inet-diag.ts";
import { statesOfTcpInfo } from "../dialect/inet-diag/tcp-info.ts";
import { type ParseListing, readListing } from "../dialect/listing-entry.ts";
import { parseNetstat } from "../dialect/netstat/netstat.ts";
import { parseProcNetTcp } from "../dialect/procfs/proc-net-tcp.ts";
import { parseSs } from "../dialect/ss/ss.ts";
import { bareTimer, type TcpSocketRecord } from "../dialect/tcp-socket.ts";
import { listenerStatesAfter, readTransition, statesAfter } from "../dialect/trace/trace-event.ts";
import { factsOfMode } from "../evidence/scene-modes.ts";
import type { Sighting, TimelineLine } from "../evidence/timeline.ts";
import { looks, statesOfAbsent, type WitnessThatLooks } from "../evidence/witnesses.ts";
import { STATES, type TcpState } from "../tcp/state.ts";
import { type Complaint, complaint } from "./complaint.ts";
import { type SceneSetting, settingsOf } from "./scene-setting.ts";

/** What a raw line says, as far as a sighting repeats it. */
interface Said {
  readonly states?: readonly TcpState[];
  /** The end that it is about. */
  readonly local?: { readonly port?: number };
  readonly socket?: TcpSocketRecord;
  readonly counters?: Readonly<Record<string, number>>;
}

type Read = (raw: string, sighting: Sighting) => Said | undefined;

const READ: Readonly<Record<WitnessThatLooks, Read>> = {
  ss: (raw) => ofSocket(parseSs, raw),
  netstat: (raw) => ofSocket(parseNetstat, raw),
  procfs: (raw) => ofSocket(parseProcNetTcp, raw),
  "sock-diag": (raw) => ofRecord(readInetDiag(raw)),
  "tcp-info": readTcpInfo,
  tracepoint: readTrace,
  counters: readCounters,
};

/** An absent end is read from a complete listing, which has no line for it. */
const absentFrom = (witness: Sighting["witness"]): Said => ({ states: statesOfAbsent(witness) });

export function checkRawLines(lines: readonly TimelineLine[]): readonly Complaint[] {
  const settings = settingsOf(lines);
  const readings = new Readings();
  return lines.flatMap((line) =>
    line.type === "sighting" ? checkSighting(line, settings.get(line.scene), readings) : [],
  );
}

/** What the raw lines of one run say: while an end stays in a state, one look after the other reads the same line. */
class Readings {
  private readonly known = new Map<string, Map<string, Said | undefined>>();

  /** Undefined for a line that the dialect has no reading of. */
  of(read: Read, sighting: Sighting): Said | undefined {
    const { witness, socket = "", raw } = sighting;
    const own = this.known.get(`${witness} ${socket}`) ?? new Map<string, Said | undefined>();
    this.known.set(`${witness} ${socket}`, own);
    if (!own.has(raw)) own.set(raw, attempt(read, sighting));
    return own.get(raw);
  }
}

function checkSighting(
  sighting: Sighting,
  setting: SceneSetting | undefined,
  readings: Readings,
): readonly Complaint[] {
  const { id, witness, raw } = sighting;
  const read = looks(witness) ? READ[witness] : undefined;
  if (read === undefined) return [];
  const wrong = (text: string) => [complaint("raw-line", `${id}, ${witness}: ${text}`)];
  const said = raw === "" ? absentFrom(witness) : readings.of(read, sighting);
  if (said === undefined) return wrong("its raw line cannot be read");
  if (said.counters !== undefined && !isSameGrowth(said.counters, sighting.counters))
    return wrong("its counters are not those of its raw line");
  if (said.states !== undefined && !fits(said.states, sighting))
    return wrong(
      `it says ${sighting.states?.join(" or ") ?? "nothing"}, its raw line says ${said.states.join(" or ")}`,
    );
  if (said.local !== undefined && !isAbout(said.local, sighting, setting))
    return wrong(`its raw line is about another socket than the ${sighting.end}'s`);
  if (said.socket === undefined) return [];
  const { timer } = said.socket;
  if (!isSameTimer(timer ? bareTimer(timer) : null, sighting.timer ?? null))
    return wrong("its timer is not that of its raw line");
  if (sighting.inode !== undefined && said.socket.inode !== sighting.inode)
    return wrong("its inode is not that of its raw line");
  return [];
}

/** Undefined for a line that the dialect has no reading of. */
function attempt(read: Read, sighting: Sighting): Said | undefined {
  try {
    return read(sighting.raw, sighting);
  } catch {
    return undefined;
  }
}

/**
 * A listener's descriptor says LISTEN, and a connection's last event CLOSE, whatever became of connections that nobody
 * accepted: a sighting of the end may leave more open, one of the listener by itself may not.
 */
function fits(said: readonly TcpState[], { witness, socket, states = [] }: Sighting): boolean {
  const mayLeaveMore =
    witness === "tcp-info" ? said.includes("LISTEN") : witness === "tracepoint" && socket === undefined;
  return mayLeaveMore ? said.every((state) => states.includes(state)) : isSame(said, states);
}

function ofSocket(parse: ParseListing, raw: string): Said | undefined {
  const [entry, ...others] = readListing(parse, Buffer.from(raw));
  if (entry?.kind !== "socket" || others.length > 0) return undefined;
  return ofRecord(entry.socket);
}

const ofRecord = (socket: TcpSocketRecord): Said => ({
  states: socket.state === undefined ? STATES : [socket.state],
  local: socket.local,
  socket,
});

function isAbout({ port }: NonNullable<Said["local"]>, { end }: Sighting, setting: SceneSetting | undefined): boolean {
  if (setting === undefined || end === undefined || factsOfMode(setting.mode)?.ends === "many") return true;
  return port === setting[end].port;
}

function readTcpInfo(raw: string): Said | undefined {
  const [, number] = /^tcpi_state=(\d+)$/.exec(raw) ?? [];
  const states = number === undefined ? undefined : statesOfTcpInfo(Uint8Array.of(Number(number)));
  return states === undefined ? undefined : { states };
}

function readTrace(raw: string, { socket }: Sighting): Said | undefined {
  const transition = readTransition(raw);
  if (transition === undefined) return undefined;
  const states = socket === undefined ? statesAfter(transition) : listenerStatesAfter(transition);
  return { states, local: { port: transition.localPort } };
}

/** "Tcp.InSegs +2 TcpExt.DelayedACKs +1" */
function readCounters(raw: string): Said | undefined {
  const words = raw.split(" ");
  const pairs = words.flatMap((name, index) => (index % 2 === 0 ? [[name, Number(words[index + 1])] as const] : []));
  return pairs.every(([, growth]) => Number.isInteger(growth)) ? { counters: Object.fromEntries(pairs) } : undefined;
}

const isSame = (one: readonly TcpState[], other: readonly TcpState[]): boolean =>
  one.length === other.length && one.every((state, index) => state === other[index]);

type Timer = NonNullable<Sighting["timer"]>;

const isSameTimer = (one: Timer | null, other: Timer | null): boolean =>
  one === null || other === null
    ? one === other
    : one.kind === other.kind &&
      one.milliseconds === other.milliseconds &&
      one.retransmissions === other.retransmissions;

/** In one order, too: that of the raw line. */
const isSameGrowth = (one: Sighting["counters"], other: Sighting["counters"]): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
