// One TCP row of netstat on Windows, and the lines below it that netstat -b prints.

import type { TcpState } from "../../tcp/state.ts";
import type { TcpSocketRecord } from "../tcp-socket.ts";
import { ColonEndpoints } from "../text/colon-endpoint.ts";
import { exactText } from "../text/exact-text.ts";
import { familyOfForm } from "../text/host.ts";
import { octetText } from "../text/scan.ts";
import type { ReadRow } from "./tcp-columns.ts";

const STATES: ReadonlyMap<string, TcpState> = new Map([
  ["CLOSED", "CLOSED"],
  ["BOUND", "CLOSED"],
  ["LISTENING", "LISTEN"],
  ["SYN_SENT", "SYN_SENT"],
  ["SYN_RECEIVED", "SYN_RCVD"],
  ["ESTABLISHED", "ESTABLISHED"],
  ["FIN_WAIT_1", "FIN_WAIT_1"],
  ["FIN_WAIT_2", "FIN_WAIT_2"],
  ["CLOSE_WAIT", "CLOSE_WAIT"],
  ["CLOSING", "CLOSING"],
  ["LAST_ACK", "LAST_ACK"],
  ["TIME_WAIT", "TIME_WAIT"],
  // German, the only language seen to translate them.
  ["HERGESTELLT", "ESTABLISHED"],
  ["SYN_GESENDET", "SYN_SENT"],
  ["FIN_WARTEN_2", "FIN_WAIT_2"],
  ["SCHLIESSEN_WARTEN", "CLOSE_WAIT"],
  ["WARTEND", "TIME_WAIT"],
]);
/** ABHÖREN, whose Ö is one octet (code page 850), two (UTF-8), or was lost. */
const GERMAN_LISTENING = /^ABH[^A-Z]{0,3}REN$/;
const ROW = /^TCP\s+(\S+)\s+(\S+)\s+(\S+)(?:\s+(\d+))?(?:\s+(\S+))?$/;

export class WindowsRows {
  readonly #endpoints = new ColonEndpoints();

  read(text: string): ReadRow {
    const [, localText, remoteText = "", word = "", pid, offload] = ROW.exec(text) ?? [];
    if (localText === undefined) return "it is no row of two addresses, a state and a PID";
    const local = this.#endpoints.read(octetText(localText), 0, localText.length);
    const localForm = this.#endpoints.form;
    const remote = this.#endpoints.read(octetText(remoteText), 0, remoteText.length);
    if (local === undefined) return `the local address is "${exactText(localText)}"`;
    if (remote === undefined) return `the foreign address is "${exactText(remoteText)}"`;
    const state = STATES.get(word) ?? (GERMAN_LISTENING.test(word) ? "LISTEN" : undefined);
    if (state === undefined) return `no such state "${exactText(word)}" in English`;
    const family = familyOfForm(localForm) ?? familyOfForm(this.#endpoints.form);
    return {
      protocol: "tcp",
      ...(family !== undefined && { family }),
      state,
      local,
      remote,
      // 0 stands for no process: TIME_WAIT.
      ...(pid !== undefined && pid !== "0" && { owners: [{ pid: Number(pid) }] }),
      ...(offload !== undefined && { details: { offload: exactText(offload) } }),
    };
  }
}

/** " [name.exe]", the service within it on a line before, or that netstat may not know. */
export function addOwnerLine(socket: TcpSocketRecord, line: string): TcpSocketRecord {
  const [owner = {}] = socket.owners ?? [];
  const [, executable] = /^\[(.+)\]$/.exec(line) ?? [];
  if (executable !== undefined) return { ...socket, owners: [{ ...owner, name: exactText(executable) }] };
  if (/^Can ?not obtain ownership information$/.test(line)) return socket;
  return { ...socket, owners: [{ ...owner, component: exactText(line) }] };
}
