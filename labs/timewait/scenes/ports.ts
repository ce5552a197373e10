// How many connections TIME_WAIT allows, and what frees a port for the next connect().

import { type FreeVerbs, type Scene, scene } from "../../../src/lab/lab.ts";
import {
  DEFAULT_RANGE,
  NO_TIMESTAMPS,
  NOT_BEYOND_LOOPBACK,
  PORTS_RUN_OUT,
  RECYCLE,
  REUSE_DELAY,
  REUSE_EVERYWHERE,
  REUSE_ON_LOOPBACK,
  SHORT_REUSE_DELAY,
  TOO_MANY,
} from "../claims/ports.ts";

/** Four ports, so that four connections use them up; what frees one again is its timestamps. */
const FOUR_PORTS = { "net.ipv4.ip_local_port_range": "40000 40003", "net.ipv4.tcp_timestamps": "1" };

/** TEST-NET-1 (RFC 5737): an address that is not loopback's, put on lo. */
const ELSEWHERE = "192.0.2.1";

export const PORTS: readonly Scene[] = [
  scene({
    id: "ports-run-out",
    title: "Ten ports, and no reuse.",
    mode: "free",
    sysctls: { "net.ipv4.ip_local_port_range": "40000 40009", "net.ipv4.tcp_tw_reuse": "0" },
    claims: PORTS_RUN_OUT,
    async play({ others }) {
      await others.openAndClose(12);
    },
  }),
  scene({
    id: "default-range",
    title: "How many ports there are by default.",
    mode: "free",
    claims: DEFAULT_RANGE,
    async play({ machine }) {
      await machine.countPorts();
    },
  }),
  scene({
    id: "reuse-on-loopback",
    title: "Four ports on loopback, and the default tcp_tw_reuse=2.",
    mode: "free",
    sysctls: { ...FOUR_PORTS, "net.ipv4.tcp_tw_reuse": "2" },
    claims: REUSE_ON_LOOPBACK,
    async play({ others, time }) {
      await time.awaitSecond();
      await others.openAndClose(4);
      await others.openAndClose(1);
      await time.pass("1.2 s");
      await others.openAndClose(4);
    },
  }),
  scene({
    id: "reuse-delay",
    title: "The same with a tcp_tw_reuse_delay of 3 s.",
    mode: "free",
    needs: ["tw-reuse-delay"],
    sysctls: { ...FOUR_PORTS, "net.ipv4.tcp_tw_reuse": "2", "net.ipv4.tcp_tw_reuse_delay": "3000" },
    claims: REUSE_DELAY,
    async play({ others, time }) {
      await others.openAndClose(4);
      await time.pass("1.2 s");
      await others.openAndClose(1);
      await time.pass("2.5 s");
      await others.openAndClose(4);
    },
  }),
  scene({
    id: "short-reuse-delay",
    title: "The same with one of 100 ms.",
    mode: "free",
    needs: ["tw-reuse-delay"],
    sysctls: { ...FOUR_PORTS, "net.ipv4.tcp_tw_reuse": "2", "net.ipv4.tcp_tw_reuse_delay": "100" },
    claims: SHORT_REUSE_DELAY,
    async play({ others, time }) {
      await others.openAndClose(4);
      await time.pass("300 ms");
      await others.openAndClose(4);
    },
  }),
  scene({
    id: "not-beyond-loopback",
    title: "Four ports between addresses outside 127/8, and tcp_tw_reuse=2.",
    mode: "free",
    address: ELSEWHERE,
    sysctls: { ...FOUR_PORTS, "net.ipv4.tcp_tw_reuse": "2" },
    claims: NOT_BEYOND_LOOPBACK,
    play: openWaitAndOpen,
  }),
  scene({
    id: "reuse-everywhere",
    title: "The same with tcp_tw_reuse=1.",
    mode: "free",
    address: ELSEWHERE,
    sysctls: { ...FOUR_PORTS, "net.ipv4.tcp_tw_reuse": "1" },
    claims: REUSE_EVERYWHERE,
    play: openWaitAndOpen,
  }),
  scene({
    id: "no-timestamps",
    title: "tcp_tw_reuse=1 without timestamps.",
    mode: "free",
    sysctls: { ...FOUR_PORTS, "net.ipv4.tcp_tw_reuse": "1", "net.ipv4.tcp_timestamps": "0" },
    claims: NO_TIMESTAMPS,
    play: openWaitAndOpen,
  }),
  scene({
    id: "recycle",
    title: "What tuning guides advise.",
    mode: "free",
    needs: ["sysctl"],
    claims: RECYCLE,
    async play({ machine }) {
      await machine.setSysctl("net.ipv4.tcp_tw_recycle", "1");
    },
  }),
  scene({
    id: "too-many",
    title: "Eight closes where tcp_max_tw_buckets allows three.",
    mode: "free",
    sysctls: { "net.ipv4.tcp_max_tw_buckets": "3" },
    claims: TOO_MANY,
    async play({ others }) {
      await others.openAndClose(8);
    },
  }),
];

async function openWaitAndOpen({ others, time }: FreeVerbs): Promise<void> {
  await others.openAndClose(4);
  await time.pass("1.2 s");
  await others.openAndClose(4);
}
