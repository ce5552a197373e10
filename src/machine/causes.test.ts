import assert from "node:assert/strict";
import { test } from "node:test";
import { causeOf, formatMissing } from "./causes.ts";
import type { MachineFacts } from "./facts.ts";

const USER: MachineFacts = { root: false, lacking: [], seccompFilter: false, dev: true, sys: true };
const REFUSED = "unshare: unshare failed: Operation not permitted";

const namespaceCause = (facts: Partial<MachineFacts>, reason = REFUSED) =>
  causeOf("namespace", reason, { ...USER, ...facts });

test("user namespaces that are switched off are told by their sysctl, with the one that mends it", () => {
  const cause = namespaceCause({ maxUserNamespaces: 0 }, "unshare: unshare failed: No space left on device");
  assert.match(cause?.cause ?? "", /user\.max_user_namespaces=0/);
  assert.match(cause?.remedy ?? "", /^sudo sysctl -w user\.max_user_namespaces=15000,/);
});

test("network namespaces that are switched off are told by their own sysctl, and root is not told to become root", () => {
  const off = { maxUserNamespaces: 96_364, maxNetNamespaces: 0 };
  for (const root of [true, false])
    assert.deepEqual(namespaceCause({ ...off, root }, "unshare: unshare failed: No space left on device"), {
      cause: "network namespaces are switched off (user.max_net_namespaces=0)",
      remedy: "sudo sysctl -w user.max_net_namespaces=15000",
    });
});

test("a Debian kernel that leaves user namespaces to root is told", () => {
  const cause = namespaceCause({ maxUserNamespaces: 96_364, unprivilegedUsernsClone: 0 });
  assert.match(cause?.remedy ?? "", /^sudo sysctl -w kernel\.unprivileged_userns_clone=1,/);
});

test("Ubuntu's AppArmor is told from the other causes, and may stand beside a seccomp filter", () => {
  const cause = namespaceCause({ unprivilegedUsernsClone: 1, apparmorRestricts: 1, seccompFilter: true });
  assert.match(cause?.cause ?? "", /^AppArmor/);
  assert.match(cause?.remedy ?? "", /^sudo sysctl -w kernel\.apparmor_restrict_unprivileged_userns=0,/);
});

test("a seccomp filter of a container is told with the flags of its runtime", () => {
  const docker = namespaceCause({ seccompFilter: true, container: "docker", root: true });
  assert.match(docker?.remedy ?? "", /docker run --security-opt seccomp=unconfined/);
  const podman = namespaceCause({ seccompFilter: true, container: "podman" });
  assert.match(podman?.remedy ?? "", /podman run --security-opt seccomp=unconfined/);
});

test("a machine without the program unshare is told its package", () => {
  assert.match(namespaceCause({}, "unshare: not found")?.remedy ?? "", /^apt-get install util-linux/);
});

test("a refusal that nothing explains is handed on with the one remedy there is", () => {
  assert.equal(namespaceCause({})?.remedy, "run the lab with sudo");
  assert.equal(namespaceCause({ root: true }), undefined);
});

test("root that lacks a capability is told which one, and not to become root", () => {
  const powerless = { root: true, lacking: ["CAP_NET_ADMIN", "CAP_NET_RAW"] };
  const remedy = "give this root CAP_NET_ADMIN, CAP_NET_RAW (docker run --cap-add NET_ADMIN --cap-add NET_RAW)";
  assert.deepEqual(namespaceCause(powerless), {
    cause: "this root, which lacks CAP_NET_ADMIN, CAP_NET_RAW, may not make namespaces",
    remedy,
  });
  const off = namespaceCause({ ...powerless, maxUserNamespaces: 0 });
  assert.equal(off?.remedy, `sudo sysctl -w user.max_user_namespaces=15000, or ${remedy}`);
});

test("a namespace without a way back is told from one that cannot be made", () => {
  const cause = namespaceCause({ root: true }, "kernel: setns() to the network namespace it is in: EPERM");
  assert.match(cause?.cause ?? "", /belongs to a user namespace above this one/);
});

test("--host is a wish and needs no remedy", () => {
  assert.equal(namespaceCause({ apparmorRestricts: 1 }, "--host was asked for: no private namespace"), undefined);
});

test("a read-only /proc/sys is told as a container's doing", () => {
  const cause = causeOf("sysctl", "kernel: writing net.ipv4.tcp_syn_retries=6: EROFS", USER);
  assert.match(cause?.remedy ?? "", /systempaths=unconfined/);
});

test("tracepoints are root's; for root the kernel may have none, not this one, or tracefs may be closed", () => {
  assert.equal(causeOf("tracepoint", "EACCES: permission denied", USER)?.remedy, "run the lab with sudo");
  const root = { ...USER, root: true };
  for (const refused of ["ENOENT", "ENODEV"])
    assert.match(
      causeOf("tracepoint", `kernel: mount of tracefs on /sys/kernel/tracing: ${refused}`, root)?.cause ?? "",
      /CONFIG_FTRACE/,
    );
  const unmounted = causeOf("tracepoint", "kernel: mount of tracefs on /sys/kernel/tracing: ENOENT", {
    ...root,
    sys: false,
  });
  assert.deepEqual(unmounted?.cause, "/sys is not mounted");
  const noEvent =
    "ENOENT: no such file or directory, open '/sys/kernel/tracing/instances/one/events/sock/inet_sock_set_state/filter'";
  assert.match(causeOf("tracepoint", noEvent, root)?.cause ?? "", /came with Linux 4\.16 \(563e0bb0dc74\)/);
  assert.match(causeOf("tracepoint", "EROFS: read-only file system", root)?.remedy ?? "", /outside/);
  const refused = "kernel: mount of tracefs on /sys/kernel/tracing: EPERM";
  assert.match(causeOf("tracepoint", refused, root)?.cause ?? "", /closed even to this root/);
  assert.deepEqual(causeOf("tracepoint", refused, { ...root, lacking: ["CAP_NET_RAW"] }), {
    cause: "this root lacks CAP_NET_RAW, and from a user namespace of its own tracefs is out of reach",
    remedy: "give this root CAP_NET_RAW (docker run --cap-add NET_RAW)",
  });
});

test("a kernel that ends full sockets and no TIME_WAIT is told from one that was built without SOCK_DESTROY", () => {
  const destroying = (reason: string) => causeOf("diag-destroy", `SOCK_DESTROY on a TIME_WAIT: ${reason}`, USER)?.cause;
  assert.match(destroying("EOPNOTSUPP; on a listener: done") ?? "", /came with Linux 6\.0 \(af9784d007d8\)/);
  assert.match(destroying("EOPNOTSUPP; on a listener: EOPNOTSUPP") ?? "", /without CONFIG_INET_DIAG_DESTROY/);
  assert.match(destroying("EINVAL; on a listener: EINVAL") ?? "", /older than it \(Linux 4\.5/);
  assert.match(destroying("EPERM; on a listener: EPERM") ?? "", /privilege/);
});

test("what came back, the cause and the remedy make one line; what came back alone where nothing else is known", () => {
  assert.equal(formatMissing("a: b", { cause: "c", remedy: "d" }), "a: b: c: d");
  assert.equal(formatMissing("a: b", undefined), "a: b");
});
