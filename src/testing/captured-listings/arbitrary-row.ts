// Rows made from the grammar, each with the record that it must be read as.

import fc from "fast-check";
import type { SocketTimer, TcpSocketRecord } from "../../dialect/tcp-socket.ts";
import type { TcpState } from "../../tcp/state.ts";
import { NETSTAT_WORDS, PROC_NUMBERS, SS_WORDS } from "./spelled-states.ts";

export interface MadeRow {
  readonly text: string;
  readonly record: TcpSocketRecord;
}

const state = fc.constantFrom(...(Object.keys(SS_WORDS) as TcpState[]));
const port = fc.integer({ min: 1, max: 0xffff });
const count = fc.nat(0xffffff);
const octets = fc.tuple(fc.integer({ min: 1, max: 223 }), fc.nat(255), fc.nat(255), fc.nat(255));
const ipv6 = fc
  .tuple(fc.integer({ min: 1, max: 0xffff }), fc.integer({ min: 1, max: 0xffff }))
  .map(([first, last]) => `${first.toString(16)}::${last.toString(16)}`);
/** What the kernel lets a process call itself; ss reads it up to the first ")". */
const NAME_SIGNS = [..."ab1 ,\"'(:=;/\\%\n\t\u001b*.<>-", "users:((", '",pid=1', ",fd=3", "ESTAB", "é"];
const name = fc.array(fc.constantFrom(...NAME_SIGNS), { maxLength: 8 }).map((signs) => cutAt15(signs.join("")));

function cutAt15(text: string): string {
  let cut = text;
  while (Buffer.byteLength(cut) > 15) cut = cut.slice(0, -1);
  return cut;
}

const owner = fc.record(
  { name, pid: fc.integer({ min: 1, max: 4_194_304 }), fileDescriptor: fc.nat(1024) },
  { noNullPrototype: true },
);
const owners = fc.option(fc.array(owner, { minLength: 1, maxLength: 3 }), { nil: undefined });

const ssTimer = fc.record({
  kind: fc.constantFrom(
    ["on", "retransmit"],
    ["keepalive", "keepalive"],
    ["timewait", "time-wait"],
    ["persist", "probe"],
  ),
  milliseconds: fc.nat(7_200_000),
  retransmissions: fc.nat(15),
});

/** print_ms_timer() of iproute2, written anew from its source. */
function formatTime(milliseconds: number): readonly [text: string, left: number, precision: number] {
  const minutes = Math.floor(milliseconds / 60_000);
  const seconds = Math.floor(milliseconds / 1000) % 60;
  if (minutes > 9) return [`${minutes}min`, minutes * 60_000, 60_000];
  if (minutes > 0)
    return [`${minutes}min${seconds === 0 ? "" : `${seconds}sec`}`, (minutes * 60 + seconds) * 1000, 1000];
  if (seconds > 9) return [`${seconds}sec`, seconds * 1000, 1000];
  const rest = milliseconds % 1000;
  if (seconds > 0 && rest === 0) return [`${seconds}sec`, milliseconds, 1];
  if (seconds > 0) return [`${seconds}.${String(rest).padStart(3, "0")}sec`, milliseconds, 1];
  return milliseconds === 0 ? ["", 0, 1] : [`${String(rest).padStart(3, "0")}ms`, milliseconds, 1];
}

const ends = fc.oneof(
  fc.tuple(fc.constant("ipv4" as const), octets, octets).map(([family, one, other]) => ({
    family,
    hosts: [one.join("."), other.join(".")] as const,
  })),
  fc
    .tuple(fc.constant("ipv6" as const), ipv6, ipv6)
    .map(([family, one, other]) => ({ family, hosts: [one, other] as const })),
);

/** As ss from 4.14 on prints it with -tanope. */
export const ssRow: fc.Arbitrary<MadeRow> = fc
  .record({
    state,
    ends,
    ports: fc.tuple(port, port),
    queues: fc.tuple(count, count),
    owners,
    timer: fc.option(ssTimer, { nil: undefined }),
    inode: count,
    pad: fc.nat(40),
  })
  .map(({ state, ends, ports, queues, owners, timer, inode, pad }) => {
    const host = (text: string) => (ends.family === "ipv6" ? `[${text}]` : text);
    const [time = "", milliseconds = 0, precisionMilliseconds = 0] =
      timer === undefined ? [] : formatTime(timer.milliseconds);
    const users = owners?.map(({ name, pid, fileDescriptor }) => `("${name}",pid=${pid},fd=${fileDescriptor})`);
    const columns = [
      SS_WORDS[state].padEnd(10),
      String(queues[0]).padEnd(7),
      String(queues[1]).padEnd(7),
      `${host(ends.hosts[0])}:${ports[0]}`.padStart(20),
      `${host(ends.hosts[1])}:${ports[1]}`.padStart(20),
      ...(users === undefined ? [] : [`users:(${users.join(",")})`]),
      ...(timer === undefined ? [] : [`timer:(${timer.kind[0]},${time},${timer.retransmissions})`]),
      `ino:${inode} sk:7d12e <->`,
    ];
    return {
      text: columns.join(" ") + " ".repeat(pad),
      record: {
        protocol: "tcp",
        family: ends.family,
        state,
        local: { address: ends.hosts[0], port: ports[0] },
        remote: { address: ends.hosts[1], port: ports[1] },
        receiveQueue: queues[0],
        sendQueue: queues[1],
        ...(timer !== undefined && {
          timer: {
            kind: timer.kind[1] as SocketTimer["kind"],
            milliseconds,
            precisionMilliseconds,
            retransmissions: timer.retransmissions,
          },
        }),
        inode,
        cookie: "7d12e",
        ...(owners !== undefined && { owners }),
        details: { shutdown: "<->" },
      },
    };
  });

/** As netstat -tanoeW of net-tools prints it. */
export const netstatRow: fc.Arbitrary<MadeRow> = fc
  .record({
    state,
    ends,
    ports: fc.tuple(port, port),
    queues: fc.tuple(count, count),
    uid: fc.nat(65_534),
    inode: count,
    hundredths: fc.nat(720_000),
    kind: fc.constantFrom(
      ["off", undefined],
      ["on", "retransmit"],
      ["keepalive", "keepalive"],
      ["timewait", "time-wait"],
      ["probe", "probe"],
    ),
    counts: fc.tuple(fc.nat(15), fc.nat(15)),
  })
  .map(({ state, ends, ports, queues, uid, inode, hundredths, kind, counts }) => {
    const time = `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, "0")}`;
    const isProbe = kind[0] === "probe" || kind[0] === "keepalive";
    const text = [
      (ends.family === "ipv6" ? "tcp6" : "tcp").padEnd(6),
      String(queues[0]).padStart(6),
      String(queues[1]).padStart(6),
      `${ends.hosts[0]}:${ports[0]}`.padEnd(23),
      `${ends.hosts[1]}:${ports[1]}`.padEnd(23),
      NETSTAT_WORDS[state].padEnd(11),
      String(uid).padEnd(10),
      String(inode).padEnd(10),
      `${kind[0]} (${time}/${counts[0]}/${counts[1]})`,
    ].join(" ");
    return {
      text,
      record: {
        protocol: "tcp",
        family: ends.family,
        state,
        local: { address: ends.hosts[0], port: ports[0] },
        remote: { address: ends.hosts[1], port: ports[1] },
        receiveQueue: queues[0],
        sendQueue: queues[1],
        timer:
          kind[1] === undefined
            ? null
            : {
                kind: kind[1] as SocketTimer["kind"],
                milliseconds: hundredths * 10,
                precisionMilliseconds: 10,
                retransmissions: counts[isProbe ? 1 : 0],
              },
        uid,
        inode,
      },
    };
  });

const hex = (value: number, digits: number) => value.toString(16).toUpperCase().padStart(digits, "0");

/** As tcp4_seq_show() prints it on a little-endian machine. */
export const procRow: fc.Arbitrary<MadeRow> = fc
  .record({
    state,
    hosts: fc.tuple(octets, octets),
    ports: fc.tuple(port, port),
    queues: fc.tuple(count, count),
    kind: fc.constantFrom("retransmit", "time-wait"),
    ticks: fc.nat(0xffffff),
    retransmissions: fc.nat(15),
    uid: fc.nat(65_534),
    inode: count,
  })
  .map(({ state, hosts, ports, queues, kind, ticks, retransmissions, uid, inode }) => {
    const host = (host: readonly number[]) =>
      [...host]
        .reverse()
        .map((octet) => hex(octet, 2))
        .join("");
    const text =
      `   0: ${host(hosts[0])}:${hex(ports[0], 4)} ${host(hosts[1])}:${hex(ports[1], 4)} ${PROC_NUMBERS[state]} ` +
      `${hex(queues[1], 8)}:${hex(queues[0], 8)} ${kind === "retransmit" ? "01" : "03"}:${hex(ticks, 8)} ` +
      `${hex(retransmissions, 8)} ${String(uid).padStart(5)}        0 ${inode} 1 0000000000000000`;
    return {
      text: text.padEnd(149),
      record: {
        protocol: "tcp",
        family: "ipv4",
        state,
        local: { address: hosts[0].join("."), port: ports[0] },
        remote: { address: hosts[1].join("."), port: ports[1] },
        receiveQueue: queues[0],
        sendQueue: queues[1],
        timer: {
          kind: kind as SocketTimer["kind"],
          milliseconds: ticks * 10,
          precisionMilliseconds: 10,
          retransmissions,
        },
        uid,
        inode,
      },
    };
  });
