import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import type { TcpSocketRecord } from "../../dialect/tcp-socket.ts";
import { runCommand } from "../../testing/lab-process.ts";
import { whereIs, whyNoSimulation } from "../../testing/simulated-machine.ts";
import { pathOf } from "../tools.ts";

const BOUND_SOCKETS = fileURLToPath(new URL("../../testing/bound-sockets.ts", import.meta.url));
const skip = whyNoSimulation() ?? (pathOf("ss") === undefined ? "ss is not on this machine" : false);

/** As ss prints the local address, and what both can say of a socket. */
const told = ({ family, state, local, remote, receiveQueue, sendQueue, inode, cookie }: TcpSocketRecord) =>
  [
    `${local.address}%${local.zone ?? ""}:${local.port}`,
    { family, state, local, remote, receiveQueue, sendQueue, inode, cookie },
  ] as const;
const inOrder = (records: readonly TcpSocketRecord[]) =>
  [...records].sort((one, other) => ((one.cookie ?? "") < (other.cookie ?? "") ? -1 : 1)).map(told);

test("the interface that a socket is bound to is told as ss tells it", { skip }, async () => {
  const node = [process.execPath, "--import", import.meta.resolve("../../typescript.mjs"), BOUND_SOCKETS];
  const { stdout, stderr } = await runCommand(whereIs("unshare"), [
    "--user",
    "--map-root-user",
    "--net",
    "--",
    ...node,
  ]);
  const { dumped, printed } = JSON.parse(stdout || assert.fail(stderr)) as Record<string, TcpSocketRecord[]>;
  assert.deepEqual(inOrder(dumped ?? []), inOrder(printed ?? []));
  const ends = inOrder(dumped ?? []).map(([end]) => end.replace(/(fe80::1%lo:)(?!8003).*/, "$1*"));
  assert.deepEqual(ends.sort(), [
    "*%lo:8002",
    "*%lo:8004",
    "127.0.0.1%:8000",
    "127.0.0.1%lo:8001",
    "fe80::1%lo:*",
    "fe80::1%lo:8003",
    "fe80::1%lo:8003",
  ]);
});
