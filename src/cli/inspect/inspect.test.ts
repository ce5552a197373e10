import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const LAUNCHER = fileURLToPath(new URL("../../launch.mjs", import.meta.url));
const CAPTURED = fileURLToPath(new URL("../../dialect/fixtures/captured/", import.meta.url));
const WITHOUT_KOFFI = new URL("../../testing/without-koffi.mjs", import.meta.url).href;
const TIME_LIMIT_MS = 60_000;

/** `inspect` as a user starts it, with this on standard input. */
const inspect = (input: Uint8Array | string, ...words: readonly string[]) => start([], input, words);

function start(node: readonly string[], input: Uint8Array | string, words: readonly string[]) {
  return new Promise<{ status: number | null; out: string; err: string }>((resolve) => {
    const child = spawn(process.execPath, [...node, LAUNCHER, "inspect", ...words], { timeout: TIME_LIMIT_MS });
    let out = "";
    let err = "";
    child.stdout.on("data", (text: Buffer) => {
      out += text.toString();
    });
    child.stderr.on("data", (text: Buffer) => {
      err += text.toString();
    });
    child.stdin.on("error", () => {});
    child.stdin.end(input);
    child.on("close", (status) => resolve({ status, out, err }));
  });
}

const captured = (name: string) => readFileSync(`${CAPTURED}${name}.out`);

test("the sockets come as a table with their number in every state", async () => {
  const { status, out, err } = await inspect(captured("ss-v6.12.0/tunapoeim"));
  assert.equal(status, 0);
  assert.match(out, /^LISTEN +4 +127\.0\.0\.1:9005 +\*:\* +x",pid=1,fd=3\[58\]$/m);
  assert.match(out, /^LISTEN +4 +127\.0\.0\.1:9009 +\*:\* +new\\nline\[62\]$/m);
  assert.match(out, /^LISTEN +4 +127\.0\.0\.1:9014 +\*:\* +" {2}sp {2}"\[67\]$/m);
  assert.match(
    out,
    /^CLOSING +4 +10\.9\.0\.1:8080 +10\.9\.0\.6:40005\s+1 B unread, 1 B unacknowledged, retransmit in/m,
  );
  assert.match(out, /^80 sockets: 1 CLOSED, 43 LISTEN, 2 SYN_SENT, 2 SYN_RCVD, 22 ESTABLISHED,/m);
  assert.match(err, /left out, since they are not TCP: 3 udp/);
});

test("--json is an array of records and nothing else, whatever the tool was", async () => {
  for (const name of ["ss-v3.10.0/tunapoeim", "net-tools-2.10/netstat-tanWpoe", "busybox-1.35/netstat-an"]) {
    const { status, out } = await inspect(captured(name), "--json");
    assert.equal(status, 0);
    const records = JSON.parse(out);
    assert.equal(records.length, 79, name);
    const known = records.find(({ local }: { local: { port: number } }) => local.port === 54584);
    const { protocol, family, state, local, remote } = known;
    assert.deepEqual(
      { protocol, family, state, local, remote },
      {
        protocol: "tcp",
        family: "ipv4",
        state: "SYN_SENT",
        local: { address: "10.9.0.1", port: 54584 },
        remote: { address: "10.9.0.9", port: 81 },
      },
    );
    assert.deepEqual(Object.keys(known).slice(0, 5), ["protocol", "family", "state", "local", "remote"]);
  }
});

test("it needs no koffi", async () => {
  const { status, out, err } = await start(["--import", WITHOUT_KOFFI], captured("ss-v7.1.0/tano"), []);
  assert.equal(status, 0, err);
  assert.match(out, /^80 sockets: /m);
});

test("with --strict a line that cannot be read makes the status 3, without it is told", async () => {
  const input =
    "State Recv-Q Send-Q Local Address:Port Peer Address:Port\nLISTEN 0 5 127.0.0.1:22 0.0.0.0:*\nLISTEN 0 5 here\n";
  const strict = await inspect(input, "--strict");
  const lenient = await inspect(input);
  assert.deepEqual([strict.status, lenient.status], [3, 0]);
  for (const { err, out } of [strict, lenient]) {
    assert.match(err, /unreadable: 1 line\n {2}line 3: the local address is "here": LISTEN 0 5 here/);
    assert.match(out, /^1 socket: 1 LISTEN$/m);
  }
});

for (const [what, input, complaint] of [
  ["empty input", "", /it is empty: pipe in/],
  ["blank input", "\n \n", /it is empty/],
  ["binary input", Buffer.from([0x1f, 0x8b, 8, 0, 0, 0]), /it is binary/],
  ["ss's usage text", "Usage: ss [ OPTIONS ]\n       ss [ OPTIONS ] [ FILTER ]\n", /usage text.*Try ss -tan/],
  ["another command's output", "total 12\ndrwxr-xr-x 2 root root 4096 Nov 25 00:59 .\n", /it begins with "total 12"/],
] as const)
  test(`${what} is refused with the reason and what to do`, async () => {
    const { status, out, err } = await inspect(input);
    assert.deepEqual([status, out], [3, ""]);
    assert.match(err, /^inspect: reading standard input: /);
    assert.match(err, complaint);
  });

test("a file that is not there is refused by its name", async () => {
  const { status, err } = await inspect("", "no-such-file.txt");
  assert.equal(status, 3);
  assert.match(err, /inspect: reading no-such-file\.txt: ENOENT/);
});

test("what PowerShell saved, in UTF-16, is read", async () => {
  const text =
    "\ufeff\r\nActive Connections\r\n\r\n  Proto  Local Address  Foreign Address  State  PID\r\n  TCP    127.0.0.1:445  0.0.0.0:0  LISTENING  4\r\n";
  const { status, out } = await inspect(Buffer.from(text, "utf16le"), "--json");
  assert.equal(status, 0);
  assert.deepEqual(JSON.parse(out), [
    {
      protocol: "tcp",
      family: "ipv4",
      state: "LISTEN",
      local: { address: "127.0.0.1", port: 445 },
      remote: { address: "*", port: 0 },
      owners: [{ pid: 4 }],
    },
  ]);
});

const noProc = existsSync("/proc/net/tcp") ? false : "this machine has no /proc/net/tcp, and may have no netstat";

test("--live asks this machine", { skip: noProc }, async () => {
  const { status, out, err } = await inspect("", "--live", "--json");
  assert.equal(status, 0, err);
  assert.ok(Array.isArray(JSON.parse(out)));
  assert.match(err, /this machine's sockets, by /);
});
