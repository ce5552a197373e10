// Reads what netstat prints about TCP sockets: net-tools (2.10 and the glued 1.60), busybox, macOS and the other BSDs, Windows.

import type { AcceptEntry, ListingReader } from "../listing-entry.ts";
import type { TcpSocketRecord } from "../tcp-socket.ts";
import { exactText } from "../text/exact-text.ts";
import { splitFor } from "../text/lines.ts";
import { type OctetText, octetText, trimmedEnd } from "../text/scan.ts";
import { BsdRows } from "./bsd-row.ts";
import { TRANSLATED_TITLES } from "./is-netstat-line.ts";
import { LinuxRows } from "./linux-row.ts";
import { SolarisRows } from "./solaris-row.ts";
import { type ReadRow, TcpColumns } from "./tcp-columns.ts";
import { addOwnerLine, WindowsRows } from "./windows-row.ts";

/** Run it with LC_ALL=C: of other languages only German Windows' words for states are known. */
export function parseNetstat(accept: AcceptEntry): ListingReader {
  return splitFor(new NetstatReader(accept));
}

/** Titles of netstat and its notices, which net-tools writes to stderr. */
const TITLE = new RegExp(
  `^(?:Active |${TRANSLATED_TITLES}|Current listen queue|Some tcp sockets|Some udp sockets|\\((?:Not all processes|No info could be read)|will not be shown, you would have to be root)`,
);
const OTHER_SECTION = /^(?:Active (?:UNIX|Bluetooth|LOCAL|Multipath|X\.25|AX\.25|IPX|kernel)|Current listen queue)/i;
/** "TCP: IPv4", as Solaris heads its tables. */
const SOLARIS_SECTION = /^(TCP|UDP|SCTP): IPv([46])$/;
const COLUMN_HEADS = /^(?:\S+ +){0,2}Proto(?: |$)|^(?:Local Address|Listen +Local|-+ -+|Address +Type)/;
const OTHER_PROTOCOL =
  /^(?:[0-9a-f]{8,17} +){0,2}(udp\S*|raw6?|icm\S*|igmp\S*|sctp\S*|dccp\S*|mptcp\S*|unix|l2cap|rfcomm|divert|ip[46]?|ax25|ipx|x25|dgram|stream|seqpac\S*)\s/i;
const TCP = /^(?:([0-9a-f]{8,17}) +(?:[0-9a-f]+ +)?)?(tcp(?:4|6|46)?)\s/;
const WINDOWS_ROW = /^>?\s*TCP\s/;
const WINDOWS_OTHER = /^>?\s*(UDP|ICMP|IP)\s/;

class NetstatReader {
  readonly #accept: AcceptEntry;
  readonly #columns = new TcpColumns();
  readonly #linux = new LinuxRows();
  readonly #bsd = new BsdRows();
  readonly #windows = new WindowsRows();
  #solaris: SolarisRows | undefined;
  #section: string | undefined;
  #number = 0;
  /** The line is known to be ASCII. */
  #isPlain = false;
  /** Of Windows, whose netstat -b puts owners on lines of their own. */
  #open:
    | { line: number; lines: number; raw: string; socket: TcpSocketRecord | undefined; protocol: string }
    | undefined;

  constructor(accept: AcceptEntry) {
    this.#accept = accept;
  }

  line(piece: OctetText, start: number, end: number, isPlain: boolean): void {
    const { octets, text } = piece;
    this.#number++;
    this.#isPlain = isPlain;
    const last = trimmedEnd(octets, start, end);
    // What nearly all lines of a long listing are, without asking what else they could be.
    if (this.#section === undefined && this.#open === undefined && this.#columns.read(piece, start, last))
      this.#tcpRow(text.slice(start, last), false);
    else this.#otherLine(text.slice(start, end), text.slice(start, last));
  }

  #otherLine(line: string, raw: string): void {
    const text = raw.trimStart();
    if (this.#open !== undefined && text !== raw && !WINDOWS_ROW.test(raw) && !WINDOWS_OTHER.test(raw)) {
      this.#addOwner(raw, text);
      return;
    }
    this.end();
    if (this.#isHeading(text, line.trimStart())) this.#accept({ kind: "header", ...this.#at(raw) });
    else this.#row(raw, text);
  }

  tooLong(start: string, length: number): void {
    this.#number++;
    this.end();
    this.#unreadable(start, `a line of ${length} octets`);
  }

  end(): void {
    if (this.#open === undefined) return;
    const { line, lines, raw, socket, protocol } = this.#open;
    this.#open = undefined;
    if (socket === undefined) this.#accept({ kind: "other", line, lines, raw, protocol });
    else this.#accept({ kind: "socket", line, lines, raw, socket });
  }

  /** The blanks behind the heads tell one tool from another. */
  #isHeading(text: string, withBlanks: string): boolean {
    if (text === "") return true;
    const [, protocol, version] = SOLARIS_SECTION.exec(text) ?? [];
    if (protocol !== undefined) {
      this.#section = protocol === "TCP" ? undefined : protocol.toLowerCase();
      this.#solaris = protocol === "TCP" ? new SolarisRows(version === "6" ? "ipv6" : "ipv4") : undefined;
      return true;
    }
    if (TITLE.test(text)) {
      if (/^(?:Active|Current)/.test(text)) {
        this.#section = OTHER_SECTION.test(text) ? (text.split(" ")[1] ?? "").toLowerCase() : undefined;
        this.#solaris = undefined;
      }
      return true;
    }
    if (!COLUMN_HEADS.test(text)) return false;
    if (this.#section === undefined) {
      this.#linux.noticeHeads(withBlanks);
      this.#bsd.noticeHeads(text);
    }
    return true;
  }

  #row(raw: string, text: string): void {
    const windows = WINDOWS_OTHER.exec(raw)?.[1];
    const [, block, tcp] = TCP.exec(text) ?? [];
    const protocol = OTHER_PROTOCOL.exec(text)?.[1] ?? this.#section;
    if (WINDOWS_ROW.test(raw)) this.#windowsRow(raw);
    else if (windows !== undefined)
      this.#open = { ...this.#at(raw), socket: undefined, protocol: windows.toLowerCase() };
    else if (tcp !== undefined) {
      if (this.#columns.read(octetText(text), text.indexOf(tcp), text.length)) this.#tcpRow(raw, block !== undefined);
      else this.#unreadable(raw, "it is no row of two queues and two addresses");
    } else if (protocol !== undefined) this.#accept({ kind: "other", ...this.#at(raw), protocol });
    else if (this.#solaris !== undefined) this.#put(raw, this.#solaris.read(text));
    else this.#unreadable(raw, "neither a row of a protocol nor a title that netstat prints");
  }

  /** Of which the columns have been read. */
  #tcpRow(raw: string, withBlock: boolean): void {
    const columns = this.#columns;
    this.#put(raw, columns.isDotted ? this.#bsd.read(columns, withBlock) : this.#linux.read(columns));
  }

  #windowsRow(raw: string): void {
    const read = this.#windows.read(raw.replace(/^>/, "").trim());
    if (typeof read === "string") this.#unreadable(raw, read);
    else this.#open = { ...this.#at(raw), socket: read, protocol: "tcp" };
  }

  #addOwner(raw: string, text: string): void {
    if (this.#open === undefined) return;
    this.#open.lines++;
    this.#open.raw += `\n${exactText(raw)}`;
    if (this.#open.socket !== undefined) this.#open.socket = addOwnerLine(this.#open.socket, text);
  }

  #put(raw: string, read: ReadRow): void {
    if (typeof read === "string") this.#unreadable(raw, read);
    else
      this.#accept({
        kind: "socket",
        line: this.#number,
        lines: 1,
        raw: exactText(raw, this.#isPlain),
        socket: read,
      });
  }

  #unreadable(raw: string, reason: string): void {
    this.#accept({ kind: "unreadable", ...this.#at(raw), reason });
  }

  #at(raw: string) {
    return { line: this.#number, lines: 1, raw: exactText(raw, this.#isPlain) };
  }
}
