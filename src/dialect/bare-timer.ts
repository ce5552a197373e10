// The part of a timer that evidence keeps: how exactly the tool printed it is told by the raw line beside it.

import type { SocketTimer } from "./tcp-socket.ts";

export const bareTimer = ({ kind, milliseconds, retransmissions }: SocketTimer) => ({
  kind,
  milliseconds,
  retransmissions,
});
