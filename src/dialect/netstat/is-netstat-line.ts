// Whether a line is one that netstat prints about sockets, on any of the systems whose netstat is read here.

/** Whose netstat prints rows of its own form; macOS, HP-UX and AIX print the BSDs'. */
export type NetstatKind = "linux" | "bsd" | "solaris" | "windows";

/** "Active Connections" and "Active Internet connections" in other languages, as far as they were seen. */
export const TRANSLATED_TITLES =
  "Aktive (?:Verbindungen|Internetverbindungen|Sockets)|Connexions actives|Conexiones activas|Conex\\S+ ativas|Connessioni attive";

const COLUMN_HEADS = /^\s*(?:\S+ +){0,2}Proto\s/;
/** Two queues, two addresses, and a state or nothing. */
const TWO_QUEUES =
  /^(?:[0-9a-f]{8,17}\s+)*tcp(?:4|6|46)?\s+\d+\s+\d+\s+\S+[.:]\S+\s+\S+[.:]\S+\s+[A-Z]{4}|^udp(?:4|6|46)?\s+\d+\s+\d+\s+\S+[.:]\S+\s+\S+[.:*]\S*/;

/** Titles and rows. */
const LINES: Readonly<Record<NetstatKind, readonly RegExp[]>> = {
  linux: [/^Active (?:Internet|UNIX)/, TWO_QUEUES],
  bsd: [/^Active (?:Internet|LOCAL)/, TWO_QUEUES],
  solaris: [/^(?:TCP|UDP): IPv[46]$/],
  windows: [
    new RegExp(`^(?:Active Connections|${TRANSLATED_TITLES})`),
    // Two addresses behind the protocol.
    /^>?\s*(?:TCP|UDP)\s+\S+:\S+\s+\S+:\S+/,
  ],
};
const ANY = [COLUMN_HEADS, ...new Set(Object.values(LINES).flat())];

export const isNetstatLine = (line: string): boolean => ANY.some((pattern) => pattern.test(line));
