// Which settings decide an option or a flag of a segment, as Linux makes them (tcp_syn_options() and others in net/ipv4/tcp_output.c).

import type { PieceDifference } from "./segment-difference.ts";
import type { SettingDifference } from "./setting-difference.ts";

const DECIDED_BY: Readonly<Record<string, readonly string[]>> = {
  // tcp_select_initial_window(): room for the largest buffer; net.core.rmem_max is the host's, and no run reads it.
  "window-scale": ["net.ipv4.tcp_rmem", "net.ipv4.tcp_window_scaling"],
  timestamps: ["net.ipv4.tcp_timestamps"],
  "sack-permitted": ["net.ipv4.tcp_sack"],
  // tcp_send_dupack() in tcp_input.c
  sack: ["net.ipv4.tcp_sack", "net.ipv4.tcp_dsack"],
  // tcp_advertise_mss(): what a frame of the interface holds beside both headers.
  mss: ["family", "mtu"],
};

/** tcp_ecn_send_syn(), tcp_ecn_make_synack() */
const DECIDE_ECN = ["net.ipv4.tcp_ecn"];

/** The settings that differ and decide this option, or these flags, in the scene. */
export function causesOf(
  option: string | undefined,
  { scene, a, b }: PieceDifference,
  settings: readonly SettingDifference[],
): readonly SettingDifference[] {
  const [own = "", other = ""] = [a, b].map((piece) => piece?.fields.flags?.replace(/ (ECE|CWR)\b/g, ""));
  const deciding = option !== undefined ? DECIDED_BY[option] : own === other ? DECIDE_ECN : undefined;
  return settings.filter(
    (setting) => deciding?.includes(setting.name) && (setting.scene === undefined || setting.scene === scene),
  );
}
