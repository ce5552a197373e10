// A real browser for the tests of pages: the Chromium of this machine, with a profile of its own that is gone afterwards.

import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { findProgram } from "../witness/tools.ts";
import { temporaryFolder } from "./lab-process.ts";

const NAMES = ["chromium", "chromium-browser", "google-chrome"];

/** It starts on a machine without a display, a sound card or a way to the Internet, and looks for none. */
const QUIET = [
  "--no-sandbox", // root cannot have one, and the pages are our own
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const findChromium = (): string | undefined => findProgram(NAMES);

/** Why pages cannot be tried here; undefined where they can. */
export const whyNoBrowser = (): string | undefined =>
  findChromium() === undefined ? `none of ${NAMES.join(", ")} is installed (Debian package chromium)` : undefined;

export interface OpenBrowser extends AsyncDisposable {
  readonly browser: Browser;
}

export async function startBrowser(): Promise<OpenBrowser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error(`browser: ${whyNoBrowser()}`);
  const home = temporaryFolder();
  const browser = await chromium.launch({
    executablePath,
    args: QUIET,
    env: { ...process.env, HOME: home.path, XDG_CONFIG_HOME: home.path, XDG_CACHE_HOME: home.path },
  });
  return {
    browser,
    async [Symbol.asyncDispose]() {
      await browser.close();
      home[Symbol.dispose]();
    },
  };
}

/** A page opened from disk, and what it did that no report may do. */
export interface OpenPage extends AsyncDisposable {
  readonly page: Page;
  /** Every request but that for the file itself; all were refused. */
  readonly requests: readonly string[];
  /** Errors and warnings of the console: a breach of the policy is one. */
  readonly complaints: readonly string[];
}

export async function openPage(
  { browser }: OpenBrowser,
  file: string,
  options: BrowserContextOptions = {},
): Promise<OpenPage> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const [requests, complaints]: [string[], string[]] = [[], []];
  const own = new URL(`file://${file}`).href;
  await context.route("**/*", (route) => {
    const url = route.request().url();
    if (url === own || url.startsWith("data:")) return route.continue(); // what stands in the file itself
    requests.push(url);
    return route.abort();
  });
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(own);
  return { page, requests, complaints, [Symbol.asyncDispose]: () => context.close() };
}
