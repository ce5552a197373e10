// Whether a line is one that ss prints about TCP.

import { SS_STATES } from "./state-names.ts";

const HEADS = /\b(?:Local )?Address:Port\s+Peer Address:Port/;
const SUMMARY = /^Total: \d+/;
const STATE = [...SS_STATES.keys()].join("|");
const ROW = new RegExp(`^\\s*(?:[a-z_0-9]+\\s+)?(?:${STATE})\\s`);
/** With a filter for one state, or without queues: numbers and addresses only. */
const BARE_ROW = /^(?:tcp\s+)?(?:\d+\s+\d+\s+)?\S+:(?:\d+|\*|[a-z-]+)\s+\S+:(?:\d+|\*|[a-z-]+)(?:\s|$)/;

export const isSsLine = (line: string): boolean =>
  HEADS.test(line) || ROW.test(line) || SUMMARY.test(line) || BARE_ROW.test(line);
