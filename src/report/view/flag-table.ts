// Every combination of flags that the ends sent, and how often each end sent it.

import { formatFlags } from "../../tcp/flags.ts";
import { table } from "../markdown/text.ts";
import type { SceneView } from "./run-view.ts";

/** Only what the kernel sent; "" where it sent nothing. */
export function flagTable(scenes: readonly SceneView[]): string {
  const sent = scenes.flatMap(({ evidence }) => evidence.segments.filter(({ origin }) => origin === "kernel"));
  const combinations = [...new Set(sent.map(({ flags }) => formatFlags(flags)))];
  if (combinations.length === 0) return "";
  const rows = combinations.map((combination) => {
    const own = sent.filter(({ flags }) => formatFlags(flags) === combination);
    const by = (from: "client" | "server") => own.filter(({ end }) => end === from).length;
    const repeated = own.filter(({ repeats }) => repeats !== undefined).length;
    return { total: own.length, cells: [combination, by("client"), by("server"), own.length, repeated].map(String) };
  });
  rows.sort((a, b) => b.total - a.total);
  return table(
    ["flags", "client", "server", "in all", "of these repeated"],
    rows.map(({ cells }) => cells),
  );
}
