import assert from "node:assert/strict";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { HOST } from "../../kernel/network-namespace.ts";
import { temporaryFolder } from "../../testing/lab-process.ts";
import type { Subject } from "../witness.ts";

const LISTING = fileURLToPath(new URL("../fixtures/closed-beside-open/netstat-busybox-1.37.0.out", import.meta.url));

/** As busybox (networking/netstat.c) refuses what it does not know; it writes down how it was called. */
const script = (calls: string) => `#!/bin/sh
echo "$*" >> ${calls}
case $1 in
*[oW]*)
  echo "netstat: invalid option -- 'o'" >&2
  echo "BusyBox v1.35.0 (Debian 1:1.35.0-4) multi-call binary." >&2
  exit 1 ;;
esac
cat ${LISTING}
`;

test("busybox' netstat, which knows neither -o nor -W, is a witness, and is asked the wrong way once", async () => {
  using folder = temporaryFolder();
  const [program, calls] = ["netstat", "calls"].map((name) => join(folder.path, name)) as [string, string];
  writeFileSync(program, script(calls));
  chmodSync(program, 0o755);
  process.env.PATH = [folder.path, process.env.PATH].join(delimiter);
  const { netstat, netstatOptions } = await import("./netstat.ts");
  const address = "127.0.0.1";
  const client: Subject = {
    end: "client",
    local: { address, port: 36_248 },
    remote: { address, port: 38_023 },
    listens: false,
  };
  const look = async () => (await netstat.look([client], { address, port: 43_871 }, HOST))[0]?.states;
  assert.deepEqual([await look(), await look()], [["TIME_WAIT"], ["TIME_WAIT"]]);
  assert.deepEqual(readFileSync(calls, "utf8").trim().split("\n"), ["-tanoW", "-tan", "-tan"]);
  assert.deepEqual(await netstatOptions(HOST), ["-tan"]);
});
