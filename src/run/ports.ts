// Which ports the ends of a scene have, so that no two scenes share one, nor two runs at the same time.

import { type AddressInfo, createServer } from "node:net";
import { HarnessError } from "../fault.ts";
import { LOOPBACK } from "../kernel/socket-address.ts";
import type { End } from "../tcp/end.ts";
import type { Endpoint, Family } from "../tcp/segment.ts";

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
