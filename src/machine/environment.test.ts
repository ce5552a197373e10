import assert from "node:assert/strict";
import { test } from "node:test";
import { describeEnvironment } from "./environment.ts";

test("the host's key of fast open does not go into a folder that is handed in", () => {
  const sysctls = { "net.ipv4.tcp_fastopen_key": "secret", "net.ipv4.tcp_timestamps": "1" };
  const described = describeEnvironment({
    capabilities: { have: new Set(), missing: {}, lacks: {} },
    tools: { found: [], absent: {}, versions: {} },
    witnesses: [],
    sysctls: { host: sysctls, defaults: sysctls, asked: {}, pinned: {}, unpinned: {}, notCopied: {} },
    options: {
      json: false,
      out: "results",
      ipv6: false,
      host: false,
      without: [],
      sysctls: {},
      asHost: false,
      quiet: false,
      quick: false,
      step: false,
      worksheet: false,
    },
  });
  const told = { "net.ipv4.tcp_timestamps": "1" };
  assert.deepEqual(described.sysctls, { host: told, namespace: told, asked: {}, pinned: {}, unpinned: {} });
});
