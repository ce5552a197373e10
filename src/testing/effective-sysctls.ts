// Enters a scene that is about one sysctl, as a run that asked for others would, and prints which values the kernel then has.

import { PINS } from "../claims/pins.ts";
import { NetworkNamespace } from "../kernel/network-namespace.ts";
import { readSysctl } from "../kernel/sysctl.ts";
import { scene } from "../lab/lab.ts";
import { settleSysctls } from "../machine/run-sysctls.ts";
import { setUpNamespace } from "../run/scene-setting.ts";

const [ABOUT, ASKED] = ["net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_ecn"];
const sysctls = { [ABOUT]: "7", [ASKED]: "1", "net.ipv4.tcp_rmem": "4096 8192 16384" };
const capabilities = { have: new Set(["namespace", "sysctl"] as const), missing: {}, lacks: {} };
/** As a host would have it whose administrator set these. */
const host = { "net.ipv4.tcp_ecn": "0", "net.ipv4.tcp_wmem": "4096 32768 65536", "net.ipv4.tcp_sack": "0" };

const run = settleSysctls({ sysctls, asHost: process.argv.includes("as-host") }, capabilities, host);
const about = scene({ id: "about", title: "About.", mode: "stepped", sysctls: { [ABOUT]: "3" }, async play() {} });
using namespace = NetworkNamespace.make(() => setUpNamespace(about, run));
const names = [...new Set([...Object.keys(PINS), ...Object.keys(sysctls), ...Object.keys(host)])];
const values = namespace.inside(() => Object.fromEntries(names.map((name) => [name, readSysctl(name) ?? "none"])));
process.stdout.write(JSON.stringify({ values, unpinned: run.unpinned }));
