import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { CAPABILITIES } from "../claims/claim.ts";
import { LAUNCHER, runCommand, runProcess } from "../testing/lab-process.ts";
import {
  makePath,
  runOnMachine,
  runUnderSeccomp,
  usersFolder,
  whereIs,
  whyNoSimulation,
} from "../testing/simulated-machine.ts";

const skip = whyNoSimulation() ?? false;
const NO_USER_NAMESPACES = { asUser: "echo 0 > /proc/sys/user/max_user_namespaces" };
const REFUSED = 'echo "unshare: unshare failed: Operation not permitted" >&2; exit 1';

/** A shell line that makes these the only sysctls of the kernel's: /proc/sys/kernel is bound to a folder of ours. */
function bindKernelSysctls(folder: string, sysctls: Readonly<Record<string, number>>): string {
  const kernel = join(folder, "kernel");
  mkdirSync(kernel);
  for (const [name, value] of Object.entries(sysctls)) writeFileSync(join(kernel, name), `${value}\n`);
  return `mount --bind ${kernel} /proc/sys/kernel`;
}

/** Where a capability is missing, some lab's claims are. */
function assertHonestSum(stdout: string): void {
  const all = CAPABILITIES.every((capability) => stdout.includes(`✔ ${capability.padEnd(15)} `));
  assert.equal(stdout.includes("The labs can show all they claim here."), all, stdout);
  assert.equal(/^ {2}lab:\w+ +\d+ of \d+, which need /m.test(stdout), !all, stdout);
}

test("on a machine that allows it doctor finds every capability that a lab needs", { skip }, async () => {
  const { status, stdout } = await runOnMachine({}, ["doctor"]);
  assert.equal(status, 0, stdout);
  for (const capability of ["namespace", "wire", "hold", "repair", "sysctl"])
    assert.match(stdout, new RegExp(`^✔ ${capability} `, "m"));
  assert.match(stdout, /unprivileged, in a user namespace of its own/);
  assertHonestSum(stdout);
  assert.match(stdout, /^ {2}lab:states +2 of \d+, which need tracepoint$/m);
});

const notRoot = process.getuid?.() === 0 ? skip : "only root can lack one of its capabilities";

test("a root that lacks a capability is told so, though it has that one in its namespace", {
  skip: notRoot,
}, async () => {
  const lesser = ["--bounding-set=-net_admin", "--inh-caps=-all", "--", process.execPath, LAUNCHER, "doctor"];
  const { status, stdout } = await runCommand("setpriv", lesser);
  assert.equal(status, 0, stdout);
  assert.match(stdout, /^as root without CAP_NET_ADMIN, in a user namespace of its own/m);
  // Where tracefs is mounted before, its owner may read it.
  assert.match(
    stdout,
    /✔ tracepoint |cause: this root lacks CAP_NET_ADMIN, and .*\n.*remedy: give this root CAP_NET_ADMIN /,
  );
  assertHonestSum(stdout);
});

test("user namespaces that are off are named with the sysctl that allows them", { skip }, async () => {
  const { status, stdout } = await runOnMachine(NO_USER_NAMESPACES, ["doctor"]);
  assert.equal(status, 2, stdout);
  assert.match(stdout, /✘ namespace .*\n.*tried: unshare.*No space left on device/);
  assert.match(stdout, /remedy: sudo sysctl -w user\.max_user_namespaces=15000/);
});

test("a kernel that leaves them to root is named", { skip }, async () => {
  using folder = usersFolder();
  const setup = bindKernelSysctls(folder.path, { unprivileged_userns_clone: 0 });
  const PATH = `${makePath(folder.path, { unshare: REFUSED })}:${process.env.PATH}`;
  const { status, stdout } = await runOnMachine({ asRoot: setup }, ["doctor"], { PATH });
  assert.equal(status, 2, stdout);
  assert.match(stdout, /remedy: sudo sysctl -w kernel\.unprivileged_userns_clone=1/);
});

test("AppArmor as on Ubuntu 24.04, which grants the namespace and denies what is in it, is named", {
  skip,
}, async () => {
  using folder = usersFolder();
  const setup = bindKernelSysctls(folder.path, { apparmor_restrict_unprivileged_userns: 1 });
  const real = whereIs("unshare");
  const powerless = `[ "$3" = --net ] && { shift 4; exec ${real} --user --map-root-user --net -- setpriv --bounding-set=-all --inh-caps=-all -- "$@"; }`;
  const PATH = `${makePath(folder.path, { unshare: `${powerless}\nexec ${real} "$@"` })}:${process.env.PATH}`;
  const { status, stdout } = await runOnMachine({ asRoot: setup }, ["doctor"], { PATH });
  assert.equal(status, 2, stdout);
  assert.match(stdout, /cause: AppArmor/);
  assert.match(stdout, /remedy: sudo sysctl -w kernel\.apparmor_restrict_unprivileged_userns=0/);
});

test("a seccomp filter that refuses unshare is named with the container's flags", { skip }, async () => {
  const { status, stdout } = await runUnderSeccomp("unshare", ["doctor"]);
  assert.equal(status, 2, stdout);
  assert.match(stdout, /cause: a seccomp filter/);
  assert.match(stdout, /remedy: .*--security-opt seccomp=unconfined/);
});

test("a read-only /proc/sys costs the sysctls and nothing else", { skip }, async () => {
  const setup = "mount --bind /proc/sys /proc/sys; mount -o remount,bind,ro /proc/sys";
  const { status, stdout } = await runOnMachine({ asRoot: setup }, ["doctor"]);
  assert.equal(status, 2, stdout);
  assert.match(stdout, /✘ sysctl .*\n.*EROFS\n.*cause: .*read-only/);
  assert.match(stdout, /✔ hold/);
});

test("a machine without /dev is told so, and can show all the same", { skip }, async () => {
  const { status, stdout } = await runOnMachine({ asRoot: "mount -t tmpfs none /dev" }, ["doctor"]);
  assert.equal(status, 0, stdout);
  assert.match(stdout, /✘ \/dev .*\n.*remedy: mount -t devtmpfs/);
});

test("a machine without ss and netstat is told their packages, and can show all the same", { skip }, async () => {
  const hide = ["ss", "netstat"].map(
    (tool) => `for f in $(command -v ${tool}); do mount --bind /etc/passwd "$f"; done`,
  );
  const { status, stdout } = await runOnMachine({ asRoot: `PATH=$PATH:/usr/sbin:/sbin; ${hide.join("; ")}` }, [
    "doctor",
  ]);
  assert.equal(status, 0, stdout);
  assert.match(stdout, /✘ ss .*\n.*remedy: apt-get install iproute2/);
  assert.match(stdout, /✘ netstat .*\n.*remedy: apt-get install net-tools/);
});

test("a machine without the program unshare is told its package", { skip }, async () => {
  using folder = usersFolder();
  const PATH = makePath(folder.path, {});
  const { status, stdout } = await runOnMachine({}, ["doctor"], { PATH });
  assert.equal(status, 2, stdout);
  assert.match(stdout, /remedy: apt-get install util-linux/);
});

test("a lab on a machine without namespaces shows what it can and names the remedy", { skip }, async () => {
  using folder = usersFolder();
  const words = ["handshake", "--json", "--out", folder.path];
  const { status, stdout, stderr } = await runOnMachine(NO_USER_NAMESPACES, words);
  assert.equal(status, 2, stderr);
  assert.match(stderr, /^no private namespace: .*user\.max_user_namespaces=15000/);
  const { summary, claims } = JSON.parse(stdout);
  assert.ok(summary.conforms >= 3, "the lasting states of the free scene are seen");
  assert.equal(summary.conforms + summary.unsupported, claims.length);
  const { stdout: told } = await runOnMachine(NO_USER_NAMESPACES, ["doctor"]);
  assertHonestSum(told);
  assert.match(told, new RegExp(`^ {2}lab:handshake +${summary.unsupported} of ${claims.length}, which need `, "m"));
  const unsupported = claims.find((claim: { verdict: string }) => claim.verdict === "unsupported");
  assert.match(unsupported.because.join(), /user\.max_user_namespaces=15000/);
});

test("root needs no user namespace", { skip: process.getuid?.() === 0 ? false : "not root" }, async () => {
  const { status, stdout } = await runProcess(["doctor"]);
  assert.equal(status, 0, stdout);
  assert.match(stdout, /as root/);
  assertHonestSum(stdout);
});
