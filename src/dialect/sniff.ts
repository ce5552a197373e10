// Tells by the first lines of a saved listing which tool printed it.

import { SS_STATES } from "./ss/state-names.ts";

export type Dialect = "ss" | "netstat" | "procfs";

/** The dialect, or why the text is none that is read here. */
export type Sniffed = { readonly dialect: Dialect } | { readonly problem: string };

const HEX_ENDPOINT = "[0-9A-F]{8}(?:[0-9A-F]{24})?:[0-9A-F]{4}";
const PROCFS = new RegExp(`^\\s*sl\\s+local_address|^\\s*\\d+: ${HEX_ENDPOINT} ${HEX_ENDPOINT} `);
const NETSTAT_TITLE =
  /^(?:Active (?:Internet|UNIX|Connections|LOCAL)|Aktive Verbindungen|Connexions actives|Conexiones activas|Connessioni attive)|^\s*(?:\S+ +){0,2}Proto\s|^(?:TCP|UDP): IPv[46]$/;
/** Windows: two addresses behind the protocol. The others: two queues, two addresses, and a state or nothing. */
const NETSTAT_ROW =
  /^>?\s*(?:TCP|UDP)\s+\S+:\S+\s+\S+:\S+|^(?:[0-9a-f]{8,17}\s+)*tcp(?:4|6|46)?\s+\d+\s+\d+\s+\S+[.:]\S+\s+\S+[.:]\S+\s+[A-Z]{4}|^udp(?:4|6|46)?\s+\d+\s+\d+\s+\S+[.:]\S+\s+\S+[.:*]\S*/;
const SS_HEADS = /\b(?:Local )?Address:Port\s+Peer Address:Port/;
const SS_SUMMARY = /^Total: \d+/;
const SS_STATE = [...SS_STATES.keys()].join("|");
const SS_ROW = new RegExp(`^\\s*(?:[a-z_0-9]+\\s+)?(?:${SS_STATE})\\s`);
/** With a filter for one state, or without queues: numbers and addresses only. */
const SS_BARE_ROW = /^(?:tcp\s+)?(?:\d+\s+\d+\s+)?\S+:(?:\d+|\*|[a-z-]+)\s+\S+:(?:\d+|\*|[a-z-]+)(?:\s|$)/;
const SS_USAGE = /^Usage: ss /;
const LONGEST_SHOWN = 60;

/** `head`: the first of the text, one character per octet; the last of its lines may be cut off. */
export function sniff(head: string): Sniffed {
  if (head.trim() === "") return { problem: "it is empty" };
  if (head.includes("\0")) return { problem: "it is binary, no text" };
  const lines = head.split(/\r?\n/).filter((line) => line.trim() !== "");
  for (const line of lines) {
    const dialect = dialectOf(line);
    if (dialect !== undefined) return { dialect };
    if (SS_USAGE.test(line))
      return { problem: "it is ss's usage text: that version does not know one of the options. Try ss -tan" };
  }
  const [first = ""] = lines;
  const shown = first.length > LONGEST_SHOWN ? `${first.slice(0, LONGEST_SHOWN)}...` : first;
  return { problem: `it begins with "${shown}", and no line of it is one of a listing of sockets` };
}

function dialectOf(line: string): Dialect | undefined {
  if (PROCFS.test(line)) return "procfs";
  if (NETSTAT_TITLE.test(line) || NETSTAT_ROW.test(line)) return "netstat";
  if (SS_HEADS.test(line) || SS_ROW.test(line) || SS_SUMMARY.test(line) || SS_BARE_ROW.test(line)) return "ss";
  return undefined;
}
