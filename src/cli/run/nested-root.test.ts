import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { LAUNCHER, runCommand, temporaryFolder } from "../../testing/lab-process.ts";
import { makePath, whereIs, whyNoSimulation } from "../../testing/simulated-machine.ts";
import type { VerdictDocument } from "../../verdict/document-schema.ts";

const skip = whyNoSimulation() ?? false;
/** Root of a user namespace whose network is another's: that of the machine. */
const ROOT_OF_NO_NETWORK = ["--user", "--map-root-user", "--"];
const ROOT_OF_A_NETWORK = ["--user", "--map-root-user", "--net", "--"];
const without = (capability: string) => [whereIs("setpriv"), `--bounding-set=-${capability}`, "--inh-caps=-all", "--"];

/** A free scene is played wherever one can be; `words`: what starts the command line. */
async function handshakeBy(words: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<VerdictDocument> {
  using folder = temporaryFolder();
  const lab = [process.execPath, LAUNCHER, "handshake", "--json", "--out", join(folder.path, "out")];
  const { stdout, stderr } = await runCommand(whereIs("unshare"), [...words, ...lab], environment);
  return JSON.parse(stdout || assert.fail(stderr));
}

for (const [who, words] of Object.entries({
  "whose network is another's": ROOT_OF_NO_NETWORK,
  "whose network is another's, and who may not set one up": [...ROOT_OF_NO_NETWORK, ...without("net_admin")],
  "who may make namespaces and not set them up": [...ROOT_OF_A_NETWORK, ...without("net_admin")],
  "who may not hear the wire": [...ROOT_OF_A_NETWORK, ...without("net_raw")],
}))
  test(`a root of a user namespace ${who} is shown everything, from one more user namespace`, { skip }, async () => {
    const { exit, summary, claims } = await handshakeBy(words);
    assert.equal(exit, 0);
    assert.equal(summary.conforms + summary.contradicts, claims.length);
  });

/** No more user namespaces, and no lo but the machine's own, which the free scene is played on. */
const NO_MORE = ["sh", "-ec", 'echo 0 > /proc/sys/user/max_user_namespaces; exec "$@"', "sh"];

test("one who lacks a capability, and gets no more namespaces, is told which one", { skip }, async () => {
  const verdict = await handshakeBy([...ROOT_OF_NO_NETWORK, ...NO_MORE, ...without("net_admin")]);
  assert.deepEqual([verdict.exit, verdict.summary.surprises, verdict.summary.conforms], [2, 0, 3]);
  const unsupported = verdict.claims.find((claim) => claim.verdict === "unsupported");
  assert.match(unsupported?.because.join() ?? "", /give this root CAP_NET_ADMIN \(docker run --cap-add NET_ADMIN\)/);
});

test("where nobody could tell beforehand, the way back is tried before a namespace is entered", { skip }, async () => {
  using folder = temporaryFolder();
  const PATH = makePath(folder.path, {});
  const verdict = await handshakeBy(ROOT_OF_NO_NETWORK, { PATH });
  assert.deepEqual([verdict.exit, verdict.summary.surprises, verdict.summary.conforms], [2, 0, 3]);
  const unsupported = verdict.claims.find((claim) => claim.verdict === "unsupported");
  assert.match(unsupported?.because.join() ?? "", /there would be no way back to it/);
});
