// What this machine can show, found by trying it: each capability in a namespace of its own that is gone afterwards.

import type { Capability } from "../claims/claim.ts";
import { PINS } from "../claims/pins.ts";
import { errnoName } from "../kernel/libc.ts";
import { bringLoopbackUp } from "../kernel/loopback.ts";
import { HOST, NetworkNamespace } from "../kernel/network-namespace.ts";
import { destroySocket } from "../kernel/sock-diag.ts";
import { LOOPBACK } from "../kernel/socket-address.ts";
import { readSysctl, trySysctl, writeSysctl } from "../kernel/sysctl.ts";
import { chooseInitialSequenceNumber } from "../kernel/tcp-repair.ts";
import { TcpSocket } from "../kernel/tcp-socket.ts";
import { holdSegments } from "../wire/gate.ts";
import { Injector } from "../wire/injector.ts";
import { Tape } from "../wire/tape.ts";
import { type Cause, causeOf, formatMissing } from "./causes.ts";
import { type MachineFacts, readFacts } from "./facts.ts";

export interface Capabilities {
  readonly have: ReadonlySet<Capability>;
  /** What was tried, what came back, the cause and the remedy as far as they are known, for each that is missing. */
  readonly missing: Readonly<Partial<Record<Capability, string>>>;
  readonly lacks: Readonly<Partial<Record<Capability, Lack>>>;
}

export interface Lack {
  /** What was tried and what came back. */
  readonly reason: string;
  readonly cause?: Cause;
  /** Missing only because this one is. */
  readonly follows?: Capability;
}

/**
 * `host`: without a namespace of one's own, by the user's wish. `tracepoint`: resolves when a trace instance stands.
 * `sysctls`: what the user wants of every namespace, which may switch IPv6 off.
 */
export async function probeCapabilities(
  host: boolean,
  tracepoint: Promise<unknown>,
  sysctls: Readonly<Record<string, string>> = {},
): Promise<Capabilities> {
  // Heard from the start, and asked last: it takes longest.
  const tracing = Promise.allSettled([tracepoint]);
  const facts = readFacts();
  const found = new Findings(facts);
  using namespace = found.attempt("namespace", () => {
    if (host) throw new Error("--host was asked for: no private namespace");
    if (facts.refusal !== undefined) throw new Error(facts.refusal);
    return NetworkNamespace.make(bringLoopbackUp);
  });
  const place = namespace ?? HOST;
  const [taped] = await Promise.allSettled([place.inside(tryTape)]);
  found.settle("wire", taped);
  if (namespace !== undefined) {
    const attempt = (capability: Capability, trial: () => void) =>
      found.attempt(capability, () => namespace.inside(trial));
    attempt("hold", tryHolding);
    attempt("repair", tryRepair);
    attempt("sysctl", () => writeSysctl(HARMLESS, readSysctl(HARMLESS) ?? ""));
    attempt("diag-destroy", tryDestroying);
    const wanted = [...IPV6_PINS, ...Object.entries(sysctls)].filter(([name]) => isOfIpv6(name));
    for (const [name, value] of wanted) namespace.inside(() => trySysctl(name, value));
  } else {
    for (const capability of ["hold", "repair", "sysctl", "diag-destroy"] as const)
      found.lackAlsoWithout("namespace", capability);
    if (!host && !found.have.has("wire")) found.lackAlsoWithout("namespace", "wire");
  }
  found.attempt("ipv6", () => place.inside(tryIpv6));
  const [traced] = await tracing;
  // Its ports are those of scenes in namespaces; the host's own connections are not ours to listen to.
  if (traced?.status === "fulfilled" && !found.have.has("namespace")) found.lackAlsoWithout("namespace", "tracepoint");
  else found.settle("tracepoint", traced);
  found.attempt("tw-reuse-delay", () => place.inside(() => mustExist("net.ipv4.tcp_tw_reuse_delay")));
  return found;
}

const tryTape = async () =>
  (await Tape.start({ frameSize: 2048, frames: 512 }, { deafToDelivered: false, gsoSizes: false }))[Symbol.dispose]();

/** Written with the value it has. */
const HARMLESS = "net.ipv4.tcp_syn_retries";

class Findings implements Capabilities {
  readonly have = new Set<Capability>();
  readonly missing: Partial<Record<Capability, string>> = {};
  readonly lacks: Partial<Record<Capability, Lack>> = {};
  private readonly facts: MachineFacts;

  constructor(facts: MachineFacts) {
    this.facts = facts;
  }

  attempt<T>(capability: Capability, trial: () => T): T | undefined {
    try {
      const result = trial();
      this.have.add(capability);
      return result;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const cause = causeOf(capability, reason, this.facts);
      this.lacks[capability] = { reason, ...(cause !== undefined && { cause }) };
      this.missing[capability] = formatMissing(reason, cause);
      return undefined;
    }
  }

  /** Not tried: without the other one it would be done to the host, or cannot be. */
  lackAlsoWithout(other: Capability, capability: Capability): void {
    const reason = `needs a namespace of one's own: ${this.missing[other]}`;
    this.missing[capability] = reason;
    this.lacks[capability] = { reason, follows: other };
  }

  /** An attempt that was made before. */
  settle(capability: Capability, trial: PromiseSettledResult<unknown>): void {
    this.attempt(capability, () => {
      if (trial.status === "rejected") throw trial.reason;
    });
  }
}

function tryHolding(): void {
  const socket = TcpSocket.open("ipv4");
  try {
    holdSegments(socket.fd);
  } finally {
    socket.close();
  }
  new Injector("ipv4")[Symbol.dispose]();
}

function tryRepair(): void {
  const socket = TcpSocket.open("ipv4");
  try {
    chooseInitialSequenceNumber(socket, 1);
  } finally {
    socket.close();
  }
}

const isOfIpv6 = (name: string): boolean => name.startsWith("net.ipv6.");
const IPV6_PINS = Object.entries(PINS).flatMap(([name, { value }]) => (isOfIpv6(name) ? [[name, value] as const] : []));

function tryIpv6(): void {
  const socket = TcpSocket.open("ipv6");
  try {
    const bound = socket.bind({ address: LOOPBACK.ipv6, port: 0 });
    if (!bound.ok) throw new Error(`bind to ${LOOPBACK.ipv6}: ${bound.error}`);
  } finally {
    socket.close();
  }
}

/** On a busy machine the last segment of a close may take a moment. */
const SETTLE_MS = 50;

/** Ends a TIME_WAIT of its own; refused that, a full socket, to tell what this kernel lacks. */
function tryDestroying(): void {
  const address = LOOPBACK.ipv4;
  const [listener, client] = [TcpSocket.open("ipv4"), TcpSocket.open("ipv4")];
  const [local, remote] = [
    { address, port: 2 },
    { address, port: 1 },
  ];
  try {
    listener.bind(remote);
    listener.listen(1);
    client.bind(local);
    client.connect(remote);
    const accepted = listener.accept();
    client.close();
    if (accepted.ok) accepted.value.close();
    const deadline = performance.now() + SETTLE_MS;
    let errno = destroySocket("ipv4", local, remote);
    while (errnoName(errno) === "ENOENT" && performance.now() < deadline) errno = destroySocket("ipv4", local, remote);
    if (errno === 0) return;
    const full = destroySocket("ipv4", remote, { address: "0.0.0.0", port: 0 });
    throw new Error(
      `SOCK_DESTROY on a TIME_WAIT: ${errnoName(errno)}; on a listener: ${full === 0 ? "done" : errnoName(full)}`,
    );
  } finally {
    listener.close();
  }
}

function mustExist(sysctl: string): void {
  if (readSysctl(sysctl) === undefined) throw new Error(`this kernel has no ${sysctl}`);
}
