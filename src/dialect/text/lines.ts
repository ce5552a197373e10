// Octets in, lines out, however they are cut into pieces. A line is a stretch of a piece, from one index to another.

import { isAscii } from "node:buffer";
import { type OctetText, octetText } from "./scan.ts";

/**
 * The line is piece.text.slice(start, end), without "\n" or "\r\n"; slicing is left to the reader, who may not need to.
 * `isPlain`: it is known to be ASCII, which is cheaper to ask of many lines at once.
 */
export type TakeLine = (piece: OctetText, start: number, end: number, isPlain: boolean) => void;

/** Of a longer line the rest is thrown away, so that memory stays bounded whatever the input is. */
const LONGEST_LINE = 16 << 20;
/** Octets that are turned into text at a time: few enough for the processor's cache, and far below what a string can hold. */
const PIECE = 32 << 10;
const CR = 13;

export interface LineSplitter {
  write(chunk: Uint8Array): void;
  /** Hands on a last line that no newline ends. */
  end(): void;
}

/** `takeTooLong` gets the first octets of a line that is longer than 16 MiB, and how long it is. */
export function splitLines(take: TakeLine, takeTooLong: (start: string, length: number) => void): LineSplitter {
  let parts: string[] = [];
  let held = 0;
  let dropped = 0;

  const hold = (part: string) => {
    const room = LONGEST_LINE - held;
    dropped += Math.max(0, part.length - room);
    const kept = part.slice(0, room);
    if (kept === "") return;
    parts.push(kept);
    held += kept.length;
  };
  const release = () => {
    const line = parts.length === 1 ? (parts[0] ?? "") : parts.join("");
    const length = held + dropped;
    parts = [];
    held = 0;
    dropped = 0;
    if (length > line.length) takeTooLong(line.slice(0, 200), length);
    else take(octetText(line), 0, line.charCodeAt(line.length - 1) === CR ? line.length - 1 : line.length, false);
  };
  const split = (piece: OctetText, isPlain: boolean) => {
    const { octets, text } = piece;
    let start = 0;
    let end = text.indexOf("\n");
    if (end >= 0 && held > 0) {
      hold(text.slice(0, end));
      release();
      start = end + 1;
      end = text.indexOf("\n", start);
    }
    while (end >= 0) {
      take(piece, start, end > start && octets[end - 1] === CR ? end - 1 : end, isPlain);
      start = end + 1;
      end = text.indexOf("\n", start);
    }
    hold(text.slice(start));
  };

  return {
    write(chunk) {
      const octets = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      const isPlain = isAscii(octets);
      for (let at = 0; at < octets.length; at += PIECE) {
        const piece = octets.subarray(at, at + PIECE);
        split({ octets: piece, text: piece.toString("latin1") }, isPlain);
      }
    },
    end() {
      if (held > 0) release();
    },
  };
}

/** What reads a listing line by line. */
export interface LineReader {
  line: TakeLine;
  /** Gets the first octets of a line that is longer than 16 MiB, and how long it is. */
  tooLong(start: string, length: number): void;
  /** Nothing comes any more. */
  end(): void;
}

export function splitFor(reader: LineReader): LineSplitter {
  const lines = splitLines(
    (piece, start, end, isPlain) => reader.line(piece, start, end, isPlain),
    (start, length) => reader.tooLong(start, length),
  );
  return {
    write: lines.write,
    end() {
      lines.end();
      reader.end();
    },
  };
}
