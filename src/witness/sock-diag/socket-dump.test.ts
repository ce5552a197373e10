import assert from "node:assert/strict";
import { createServer } from "node:net";
import { test } from "node:test";
import { SockDiagSocket } from "../../kernel/sock-diag.ts";
import { listSockets } from "./sock-diag.ts";
import { type DumpSource, dumpSockets } from "./socket-dump.ts";

const HEADER = 16;
const DONE = 3;
const SOCK_DIAG_BY_FAMILY = 20;
const DUMP_INTR = 0x10;

/** A source whose every dump is one datagram: so many sockets of zeros, and its end. */
function sourceOf(dumps: readonly { readonly sockets: number; readonly flags?: number; readonly error?: number }[]) {
  const datagram = new Uint8Array(1 << 12);
  const view = new DataView(datagram.buffer);
  let asked = 0;
  const put = (place: number, type: number, flags: number, body: number) => {
    view.setUint32(place, HEADER + body, true);
    view.setUint16(place + 4, type, true);
    view.setUint16(place + 6, flags, true);
    return place + HEADER + body;
  };
  const source: DumpSource = {
    datagram,
    askForDump: () => {
      asked++;
    },
    receive: () => {
      const { sockets = 0, flags = 0, error = 0 } = dumps[asked - 1] ?? {};
      let place = 0;
      for (let index = 0; index < sockets; index++) place = put(place, SOCK_DIAG_BY_FAMILY, flags, 72);
      view.setInt32(place + HEADER, -error, true);
      return put(place, DONE, flags, 4);
    },
  };
  return source;
}

/** How many sockets a dump of such a source comes to, and how often it was asked. */
function count(source: DumpSource) {
  let sockets = 0;
  const asked = dumpSockets(
    source,
    { family: "ipv4" },
    {
      begin: () => {
        sockets = 0;
      },
      visit: () => {
        sockets++;
      },
    },
  );
  return { asked, sockets };
}

test("an interrupted dump is repeated, and what it listed is forgotten", () => {
  assert.deepEqual(count(sourceOf([{ sockets: 3 }])), { asked: 1, sockets: 3 });
  assert.deepEqual(count(sourceOf([{ sockets: 3, flags: DUMP_INTR }, { sockets: 2 }])), { asked: 2, sockets: 2 });
});

test("a dump that is interrupted again and again is no listing", () => {
  const always = Array.from({ length: 9 }, () => ({ sockets: 1, flags: DUMP_INTR }));
  assert.throws(() => count(sourceOf(always)), { name: "WitnessError", message: /interrupted 5 times running/ });
});

test("what the kernel refuses is told by its errno, with a remedy where there is one", () => {
  assert.throws(() => count(sourceOf([{ sockets: 0, error: 2 }])), { message: /ENOENT.*modprobe tcp_diag/ });
  assert.throws(() => count(sourceOf([{ sockets: 0, error: 22 }])), { message: /EINVAL/ });
});

test("the kernel filters by port: a listener of ours is listed, and nothing else", async (t) => {
  const server = createServer();
  t.after(() => server.close());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  using socket = new SockDiagSocket();
  const listed = listSockets(socket, { family: "ipv4", states: 1 << 10, localPort: port });
  assert.deepEqual(
    listed.map((one) => [one.socket.state, one.socket.local]),
    [["LISTEN", { address: "127.0.0.1", port }]],
  );
  assert.equal(listed[0]?.socket.uid, process.getuid?.());
  assert.ok((listed[0]?.socket.inode ?? 0) > 0);
  assert.deepEqual(listSockets(socket, { family: "ipv4", states: 1 << 1, localPort: port }), []);
});
