// Where a scene is played: its namespace, family, ports and sysctls; prepared before anything opens, and undone after.

import { type AddressInfo, createServer } from "node:net";
import type { Alphabet } from "../evidence/personal-alphabet.ts";
import { HarnessError } from "../fault.ts";
import { addLoopbackAddress, bringLoopbackUp, limitLoopbackFrames } from "../kernel/loopback.ts";
import { LOOPBACK } from "../kernel/socket-address.ts";
import { trySysctl, writeSysctl } from "../kernel/sysctl.ts";
import { isHeld, type Scene } from "../lab/lab.ts";
import { type RunSetting, sysctlsOf } from "../lab/scene-sysctls.ts";
import type { End } from "../tcp/end.ts";
import type { Endpoint, Family } from "../tcp/segment.ts";
import { LARGEST_FRAME, Tape, type TapeShape } from "../wire/tape.ts";

export interface Setting {
  readonly scene: Scene;
  readonly family: Family;
  readonly endpoints: Readonly<Record<End, Endpoint>>;
  /** What the ends write is the run's student's own. */
  readonly alphabet?: Alphabet;
}

/** Ports differ from scene to scene, or Wireshark would take two scenes' segments for one stream. */
const FIRST_SERVER_PORT = 8000;
const FIRST_CLIENT_PORT = 20_000;
const PORTS_PER_SCENE = 10;
/** As many as a run of a hundred scenes needs. */
const PORTS_PER_RUN = 1000;

/**
 * Where the kernel is asked of ports alone, runs at the same time must not have the same: each takes another block. Block 0
 * is everybody's who asks of a namespace, the tenth is where encounters begin.
 */
export const PORT_BLOCKS = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

/** First and last of the client's and the server's ports in a block. */
export const portsOfBlock = (block: number): readonly (readonly [number, number])[] =>
  [FIRST_CLIENT_PORT, FIRST_SERVER_PORT].map((first) => {
    const start = first + PORTS_PER_RUN * block;
    return [start, start + PORTS_PER_RUN - 1];
  });

export function endpointsOf(
  family: Family,
  sceneNumber: number,
  address: string = LOOPBACK[family],
  block = 0,
): Readonly<Record<End, Endpoint>> {
  const offset = PORTS_PER_RUN * block + PORTS_PER_SCENE * sceneNumber;
  return {
    client: { address, port: FIRST_CLIENT_PORT + offset },
    server: { address, port: FIRST_SERVER_PORT + offset },
  };
}

/** Outside the blocks: a trace instance that listened to a block would hear thousands of them. */
const FIRST_ENCOUNTER_CLIENT_PORT = 30_000;
const FIRST_ENCOUNTER_SERVER_PORT = 45_000;
const ENCOUNTERS_PER_SCENE = 200;

/** Every encounter of a run has ports of its own, for the same reason. */
export function encounterEndpoints(
  family: Family,
  sceneNumber: number,
  encounter: number,
): Readonly<Record<End, Endpoint>> {
  const address = LOOPBACK[family];
  const offset = ENCOUNTERS_PER_SCENE * sceneNumber + encounter;
  return {
    client: { address, port: FIRST_ENCOUNTER_CLIENT_PORT + offset },
    server: { address, port: FIRST_ENCOUNTER_SERVER_PORT + offset },
  };
}

/** On the host's own loopback other programs have their ports: takes two that are free at the moment. */
export async function freeEndpoints(family: Family): Promise<Readonly<Record<End, Endpoint>>> {
  const address = LOOPBACK[family];
  const servers = [createServer(), createServer()];
  const ports: number[] = [];
  try {
    for (const server of servers) {
      await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, address, resolve));
      ports.push((server.address() as AddressInfo).port);
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new HarnessError(
      `ports: asking for a free one on ${address}: ${code}: end programs that hold ports, or let the lab have a namespace (npm run doctor)`,
    );
  } finally {
    for (const server of servers) if (server.listening) await new Promise((resolve) => server.close(resolve));
  }
  const [client = 0, server = 0] = ports;
  return { client: { address, port: client }, server: { address, port: server } };
}

/** In a fresh namespace: sysctls are written, lo is brought up. Returns the limits that this kernel does not let us open. */
export function setUpNamespace(scene: Scene, run: RunSetting): readonly string[] {
  const { pins, set } = sysctlsOf(scene, run);
  for (const [name, value] of Object.entries({ ...pins, ...set })) writeSysctl(name, value);
  bringLoopbackUp();
  if (scene.address !== undefined) addLoopbackAddress(scene.address);
  if (scene.mtu !== undefined) limitLoopbackFrames(scene.mtu);
  return openLimits(limitsOf(scene));
}

/**
 * What the note that a scene begins with says of its sysctls: those it rests on apart from those that are its question.
 * `missing`: limits that this kernel did not let us open.
 */
export function settingData(scene: Scene, run: RunSetting, missing: readonly string[] = []) {
  const { pins, set, unreached } = sysctlsOf(scene, run);
  const opened = Object.entries(limitsOf(scene)).filter(([name]) => !missing.includes(name));
  return {
    sysctls: { ...Object.fromEntries(opened), ...set },
    pins: { ...pins },
    ...(Object.keys(unreached).length > 0 && { unreached }),
  };
}

const limitsOf = (scene: Scene): Readonly<Record<string, string>> =>
  (scene.mode === "encounters" && scene.raisedLimits) || {};

/** Before Linux 5.19 tcp_challenge_ack_limit was one for the whole host, and in a namespace there is none to write. */
function openLimits(limits: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(limits).flatMap(([name, value]) => (trySysctl(name, value) ? [] : [name]));
}

/**
 * Room for a burst between two readings of the ring: 64 frames of lo's full MTU, or 8192 small ones. `isPrivate`: the scene
 * has a namespace to itself, so that nobody else sends there and what the kernel counts can be compared.
 */
export const startTape = (scene: Scene, isPrivate: boolean): Promise<Tape> =>
  Tape.start(shapeFor(scene), { deafToDelivered: isHeld(scene), gsoSizes: isPrivate });

function shapeFor(scene: Scene): TapeShape {
  if (scene.mode === "encounters") return { frameSize: 2048, frames: 2048 };
  return scene.mtu === undefined ? { frameSize: LARGEST_FRAME, frames: 64 } : { frameSize: 2048, frames: 8192 };
}
