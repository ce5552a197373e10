// The shell of every page: one file under a policy that lets it fetch nothing and run only the script whose digest stands in it.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { renderToString } from "preact-render-to-string";

const asset = (name: string): string => readFileSync(new URL(name, import.meta.url), "utf8");
/** In this order: what stands later decides. */
const SHEETS = [
  "page",
  "banner",
  "contents",
  "replay",
  "ladder",
  "figure-5",
  "tables",
  "claims",
  "heat",
  "print",
] as const;
const STYLE = SHEETS.map((name) => asset(`style/${name}.css`)).join("\n");
const SCRIPT = asset("replay.js");

/** A source expression of Content Security Policy Level 3, §2.3.1. */
const digest = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

const POLICY = [
  "default-src 'none'",
  `script-src ${digest(SCRIPT)}`,
  `style-src ${digest(STYLE)}`,
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** `body`: markup that is safe already. */
export function pageDocument(title: string, body: string): string {
  const head = renderToString(
    <head>
      <meta charset="utf-8" />
      <meta http-equiv="Content-Security-Policy" content={POLICY} />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="referrer" content="no-referrer" />
      <title>{title}</title>
      <style dangerouslySetInnerHTML={{ __html: STYLE }} />
    </head>,
  );
  return `<!doctype html>\n<html lang="en">${head}<body>${body}<script>${SCRIPT}</script></body></html>\n`;
}
