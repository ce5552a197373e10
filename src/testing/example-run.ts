// A run written by hand: a handshake that goes wrong at its end, and a scene that the machine could not play.

import { readFileSync } from "node:fs";
import { THREE_WAY_HANDSHAKE } from "../../labs/handshake/claims/three-way-handshake.ts";
import type { Claim, SceneClaim } from "../claims/claim.ts";
import { claimsOfPath } from "../claims/path.ts";
import { readTimeline } from "../evidence/timeline-file.ts";
import type { RunView } from "../report/view/run-view.ts";
import { verdictDocumentOf } from "../verdict/verdict-document.ts";

const SYN_ACK = { end: "server", flags: "SYN ACK" } as const;

const OPENING: readonly SceneClaim[] = [
  ...claimsOfPath(THREE_WAY_HANDSHAKE),
  {
    id: "server-still-syn-rcvd",
    claim: "While the client is already ESTABLISHED, the server is still SYN_RCVD.",
    source: "rfc9293",
    cite: "RFC 9293 §3.5, figure 6",
    refines: "established-server",
    documented: { kind: "state", value: "SYN_RCVD" },
    ask: { what: "state", end: "server", after: "deliver SYN ACK" },
    explanation: "The server waits for the third segment.",
  },
  {
    id: "acknowledges-42949672951",
    claim: "B acknowledges A's number plus one, written 42949672951.",
    source: "document",
    cite: "the document, three-way handshake in absolute numbers",
    documented: { kind: "number", value: 42949672951 },
    expected: "contradicts",
    ask: { what: "number", of: { pick: SYN_ACK, field: "ack" } },
    explanation: "That is the digit 1 written behind the number; the sum is counted modulo 2^32.",
  },
  {
    id: "acknowledges-0",
    claim: "B acknowledges A's number plus one: 0.",
    source: "rfc9293",
    cite: "RFC 9293 §3.4",
    refines: "acknowledges-42949672951",
    documented: { kind: "number", value: 0 },
    ask: { what: "number", of: { pick: SYN_ACK, field: "ack" } },
  },
  {
    id: "nobody-asked",
    claim: "The server retransmits after `1 s` | or *later*.",
    source: "folklore",
    cite: "folklore <script>",
    condition: "on a quiet wire",
    documented: { kind: "duration-ms", value: 1000 },
    ask: { what: "timer", end: "server", after: "deliver SYN", kind: "retransmit", within: 100 },
    explanation: "Nobody looked at the timer in this scene.",
  },
];

const CHOSEN: readonly SceneClaim[] = [
  {
    id: "syn-carries-isn",
    claim: "A sends its SYN with the number it picked.",
    source: "document",
    cite: "the document, three-way handshake in absolute numbers",
    documented: { kind: "number", value: 1_234_567 },
    ask: { what: "number", of: { pick: { end: "client", flags: "SYN" }, field: "seq" } },
    needs: ["repair"],
  },
];

const whole = (scene: string, claims: readonly SceneClaim[]): readonly Claim[] =>
  claims.map((claim) => ({
    ...claim,
    id: `example.${scene}.${claim.id}`,
    ...(claim.refines !== undefined && { refines: `example.${scene}.${claim.refines}` }),
    scene,
    expected: claim.expected ?? "conforms",
    needs: claim.needs ?? [],
  }));

export const TIMELINE = readTimeline(
  readFileSync(new URL("../report/fixtures/timeline.jsonl", import.meta.url), "utf8"),
);

const CLAIMS = [...whole("opening", OPENING), ...whole("chosen-numbers", CHOSEN)];

export const EXAMPLE: RunView = {
  lab: {
    id: "example",
    question: "Which segments open a connection, and which state is each end in after each of them?",
    scenes: [
      {
        id: "opening",
        title: "The handshake segment by segment.",
        mode: "stepped",
        documented: THREE_WAY_HANDSHAKE,
      },
      { id: "chosen-numbers", title: "The client picks its own number.", mode: "stepped", isn: { client: 1_234_567 } },
    ],
  },
  claims: CLAIMS,
  verdict: verdictDocumentOf(CLAIMS, TIMELINE, { timeline: "0".repeat(64), capture: "1".repeat(64) }),
  timeline: TIMELINE,
  environment: {
    kernel: "Linux 6.18.0",
    kernelBuild: "#1 SMP",
    machine: "x64",
    configHz: 250,
    node: "v20.0.0",
    tools: { ss: "ss utility, iproute2-6.1.0" },
    sysctls: {
      host: { "net.ipv4.tcp_timestamps": "1", "net.ipv4.tcp_fastopen_key": "secret", "net.ipv4.ip_forward": "0" },
      namespace: { "net.ipv4.tcp_timestamps": "0", "net.ipv4.tcp_fin_timeout": "60" },
      asked: { "net.ipv4.tcp_congestion_control": "cubic" },
      unpinned: { "net.ipv6.conf.all.disable_ipv6": "ENOENT: a namespace has no such sysctl" },
    },
    missing: { repair: "setsockopt TCP_REPAIR: EPERM" },
    witnesses: ["ss", "procfs", "tcp-info"],
    absentWitnesses: { netstat: 'not found on this machine: install it with "apt-get install net-tools"' },
  },
};
