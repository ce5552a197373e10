// Takes the connection that waits at a listener, once it is there: on a busy machine even loopback takes a moment.

import { waitFor } from "../drive/wait.ts";
import type { TcpSocket } from "../kernel/tcp-socket.ts";

export async function acceptFrom(listener: TcpSocket): Promise<TcpSocket> {
  const answer = await waitFor(() => {
    const accepted = listener.accept();
    return !accepted.ok && accepted.error === "EAGAIN" ? undefined : accepted;
  });
  if (answer?.ok !== true) throw new Error(`accept: ${answer?.error ?? "EAGAIN"}`);
  return answer.value;
}
