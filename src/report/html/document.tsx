// The shell of every page: one file under a policy that lets it fetch nothing and run only the script whose digest stands in it.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { renderToString } from "preact-render-to-string";

const asset = (name: string): string => readFileSync(new URL(name, import.meta.url), "utf8");
/** Of report.html and the index page. */
const SHEETS = [
  "page",
  "banner",
  "contents",
  "replay",
  "steps",
  "ladder",
  "figure-5",
  "tables",
  "claims",
  "heat",
  "print",
] as const;

type Sheet = (typeof SHEETS)[number] | "matrix";

interface Parts {
  /** In this order: what stands later decides. */
  readonly sheets: readonly Sheet[];
  readonly script?: string;
}

/** A source expression of Content Security Policy Level 3, §2.3.1. */
const digest = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

const policyFor = (style: string, script: string | undefined): string =>
  [
    "default-src 'none'",
    ...(script === undefined ? [] : [`script-src ${digest(script)}`]),
    `style-src ${digest(style)}`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");

/** `body`: markup that is safe already. */
export const pageDocument = (title: string, body: string): string =>
  plainDocument(title, body, { sheets: SHEETS, script: asset("replay.js") });

/** The same with style sheets of its own, and perhaps without a script. */
export function plainDocument(title: string, body: string, { sheets, script }: Parts): string {
  const style = sheets.map((name) => asset(`style/${name}.css`)).join("\n");
  const head = renderToString(
    <head>
      <meta charset="utf-8" />
      <meta http-equiv="Content-Security-Policy" content={policyFor(style, script)} />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="referrer" content="no-referrer" />
      <title>{title}</title>
      <style dangerouslySetInnerHTML={{ __html: style }} />
    </head>,
  );
  const end = script === undefined ? "" : `<script>${script}</script>`;
  return `<!doctype html>\n<html lang="en">${head}<body>${body}${end}</body></html>\n`;
}
