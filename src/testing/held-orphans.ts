// Leaves a scene in which two ends have closed and their FINs are held, and prints how many sockets stand before, and in the end.

import { setTimeout as sleep } from "node:timers/promises";
import { bringLoopbackUp } from "../kernel/loopback.ts";
import { NetworkNamespace } from "../kernel/network-namespace.ts";
import { SockDiagSocket } from "../kernel/sock-diag.ts";
import { LOOPBACK } from "../kernel/socket-address.ts";
import { scene } from "../lab/lab.ts";
import { endOrphans } from "../run/orphans.ts";
import { SceneWorlds } from "../run/scene-worlds.ts";
import { holdSegments } from "../wire/gate.ts";
import { SceneWorld, type World } from "../wire/world.ts";
import { listSockets } from "../witness/sock-diag/sock-diag.ts";
import { acceptFrom } from "./accept-from.ts";

const SERVER = { address: LOOPBACK.ipv4, port: 8000 };
const ORPHANS = new Set(["FIN_WAIT_1", "CLOSING", "LAST_ACK"]);
/** Without SOCK_DESTROY they may repeat their FIN before they end. */
const END_TIMEOUT_MS = 10_000;

const held = scene({ id: "held", title: "Both FINs are held.", mode: "stepped", async play() {} });
const canDestroy = process.argv.includes("destroy");
const have = new Set(["namespace", "sysctl"] as const);
/** asm-generic/errno.h: what is said by a kernel without CONFIG_INET_DIAG_DESTROY. */
const EOPNOTSUPP = 95;
using worlds = new SceneWorlds({ scenes: [held], sysctls: { asked: {}, pinned: {} }, capabilities: { have } });

async function closeWithHeldFins(world: World): Promise<void> {
  const [listener, client] = [world.openSocket("ipv4"), world.openSocket("ipv4")];
  listener.bind(SERVER);
  listener.listen(1);
  client.connect(SERVER);
  const accepted = await acceptFrom(listener);
  for (const end of [client, accepted]) holdSegments(end.fd);
  for (const end of [client, accepted, listener]) end.close();
}

/** What sees the world's sockets when it has been given back, and how many orphans stood before. */
async function playAndLeave() {
  using own = await worlds.make(held);
  const { world } = own;
  await closeWithHeldFins(world);
  const diag = world.inside(() => new SockDiagSocket());
  const before = orphans(diag);
  return { diag, before };
}

/** The same in a world of a kernel that ends no socket from outside. */
async function leaveToThemselves() {
  using world = new SceneWorld(NetworkNamespace.make(bringLoopbackUp), undefined);
  await closeWithHeldFins(world);
  const diag = world.inside(() => new SockDiagSocket());
  const before = orphans(diag);
  endOrphans(world, () => EOPNOTSUPP);
  return { diag, before };
}

const orphans = (diag: SockDiagSocket): number =>
  listSockets(diag, { family: "ipv4" }).filter(({ socket: { state } }) => state !== undefined && ORPHANS.has(state))
    .length;

const { diag, before } = await (canDestroy ? playAndLeave() : leaveToThemselves());
using _diag = diag;
const deadline = performance.now() + (canDestroy ? 0 : END_TIMEOUT_MS);
while (orphans(diag) > 0 && performance.now() < deadline) await sleep(100);
process.stdout.write(`${before} ${orphans(diag)}`);
