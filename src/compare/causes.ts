// Which settings decide an option or a flag of a segment, as Linux makes them (tcp_syn_options() and others in net/ipv4/tcp_output.c).

import { renderFormer } from "../rfc-model/kernel-changes/kernel-change.ts";
import { OLD_ACK_WHILE_CLOSING } from "../rfc-model/kernel-changes/kernel-changes.ts";
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

/** What a change of Linux puts into an answer, or leaves out of it, where no claim is about that. */
const CHANGES = [
  {
    option: "sack",
    // The timestamp is old, not the acknowledgement.
    encounter: /^syn\b.*(?<!-ack)-old$/,
    told: "Linux before ee05d90d0ac7 (6.4) takes a SYN that fails PAWS for a duplicate, and answers with a D-SACK block; since, with a challenge ACK: tcp_validate_incoming().",
  },
  { option: "sack", encounter: /-ack-old$/, told: renderFormer(OLD_ACK_WHILE_CLOSING) },
] as const;

/** "" where no change is known that decides this option. */
export const changeBehind = (name: string, { encounter = "" }: PieceDifference): string =>
  CHANGES.find((one) => one.option === name && one.encounter.test(encounter))?.told ?? "";

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
