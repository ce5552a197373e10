// The closes that lead the scenes to TIME_WAIT.

import type { SteppedVerbs } from "../../../src/lab/lab.ts";

/** Both ends ESTABLISHED, with the document's numbers for a close. */
export const ESTABLISHED = { client: 100, server: 120 } as const;

/** The client closes first; its last ACK is held. */
export async function closeUntilTimeWait({ client, server, wire }: SteppedVerbs): Promise<void> {
  await client.shutdown();
  await wire.deliver("FIN ACK");
  await wire.deliver("ACK");
  await server.shutdown();
  await wire.deliver("FIN ACK");
}

/** Its descriptor is closed only in TIME_WAIT: an orphan in FIN_WAIT_2 would be guarded by no gate. */
export async function closeServerFirst({ client, server, wire }: Pick<SteppedVerbs, "client" | "server" | "wire">) {
  await server.shutdown();
  await wire.flow();
  await client.shutdown();
  await wire.flow();
  await server.close();
}
