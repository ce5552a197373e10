import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { type OpenBrowser, openPage, startBrowser, whyNoBrowser } from "../../testing/browser.ts";
import { EXAMPLE } from "../../testing/example-run.ts";
import { HOSTILE_RUN } from "../../testing/hostile-run.ts";
import { temporaryFolder } from "../../testing/lab-process.ts";
import { indexPage } from "./index-page.tsx";
import { reportHtml } from "./page.tsx";

/** Pixels. */
const PHONE = { width: 390, height: 844 };
const LAPTOP = { width: 1280, height: 800 };
/** A4 at 96 pixels an inch, less margins of 10 mm. */
const PAPER = { width: 718, height: 1047 };

describe("report.html in a browser", { skip: whyNoBrowser() ?? false }, () => {
  const folder = temporaryFolder();
  const file = (name: string) => join(folder.path, `${name}.html`);
  let browser: OpenBrowser;
  before(async () => {
    writeFileSync(file("example"), reportHtml(EXAMPLE));
    writeFileSync(file("hostile"), reportHtml(HOSTILE_RUN));
    const files = ["report.html", "report.md", "population-lengths.svg", "capture.pcapng", "timeline.jsonl"];
    writeFileSync(file("index"), indexPage([{ folder: "example/run", verdict: EXAMPLE.verdict, files }]));
    browser = await startBrowser();
  });
  after(async () => {
    await browser[Symbol.asyncDispose]();
    folder[Symbol.dispose]();
  });
  const open = (name: string, options: Parameters<typeof openPage>[2] = {}) =>
    openPage(browser, file(name), { viewport: LAPTOP, ...options });

  test("the replay steps by buttons, keys and slider, and ladder, figure and witness lines go with it", async () => {
    await using opened = await open("example");
    const { page } = opened;
    const replay = page.locator("#scene-opening .replay");
    assert.equal(await stepShown(page), 8, "all is there at first");
    await replay.locator("input[type=range]").press("Home");
    assert.equal(await stepShown(page), 1);
    await replay.getByRole("button", { name: "Next step" }).click();
    assert.equal(await stepShown(page), 2);
    assert.equal(await replay.locator(".band.future").count(), 6);
    assert.equal(await replay.locator(".band.now").getAttribute("data-step"), "2");
    assert.deepEqual(await litArrows(page), ["1 server", "2 client"]);
    assert.equal(await replay.locator(".state.at-client").getAttribute("data-state"), "SYN_SENT");
    assert.match(
      (await replay.locator(".steps li:visible .look").textContent()) ?? "",
      /SYN-SENT 0 1 127\.0\.0\.1:20000/,
    );
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    assert.deepEqual(await litArrows(page), ["1 server", "2 client", "4 server", "8 client"]);
    await page.keyboard.press("ArrowLeft");
    assert.equal(await stepShown(page), 3);
    assert.match(
      (await replay.locator("output .unseen").textContent()) ?? "",
      /^Step 3: The wire hands on the client's SYN/,
    );
    await replay.locator(".band[data-step='5'] .caption").click();
    assert.equal(await stepShown(page), 5);
    await replay.getByRole("button", { name: "Play" }).click();
    await replay.getByRole("button", { name: "Pause" }).click();
    assert.ok((await stepShown(page)) > 5);
  });

  test("the reader chooses between relative numbers and those on the wire", async () => {
    await using opened = await open("example");
    const syn = opened.page.locator("#scene-opening .packets tbody tr").first().locator("[data-head=seq]");
    assert.equal(await syn.locator("span:visible").textContent(), "0");
    await opened.page.getByLabel("as on the wire").first().check();
    assert.equal(await syn.locator("span:visible").textContent(), "4294967295");
  });

  for (const name of ["example", "hostile"])
    test(`nothing is fetched, and the console stays silent: ${name}`, async () => {
      await using opened = await open(name);
      const { page } = opened;
      for (const details of await page.locator("details").all())
        await details.evaluate((one) => one.setAttribute("open", ""));
      for (let step = 0; step < 8; step++) await page.locator(".replay").first().press("ArrowLeft");
      assert.deepEqual(opened.requests, []);
      assert.deepEqual(opened.complaints, []);
    });

  test("a hostile process name, student id or raw line makes no element", async () => {
    await using plain = await open("example");
    await using hostile = await open("hostile");
    const elements = (page: Page) => page.locator("main section.scene *").count();
    assert.equal(await elements(hostile.page), await elements(plain.page));
    assert.equal(await hostile.page.locator("img, iframe, [onerror], [onmouseover]").count(), 0);
    assert.match((await hostile.page.locator(".identity").textContent()) ?? "", /<img src=x onerror=alert\(1\)>/);
  });

  for (const [name, colorScheme, viewport] of [
    ["example", "light", LAPTOP],
    ["example", "dark", LAPTOP],
    ["example", "light", PHONE],
    ["index", "light", LAPTOP],
  ] as const)
    test(`axe finds no serious problem: ${name}, ${colorScheme}, ${viewport.width} pixels`, async () => {
      await using opened = await open(name, { colorScheme, viewport });
      const { page } = opened;
      if (name === "example") await page.locator(".claim").first().locator("summary").click();
      await page.evaluate(axe.source);
      const problems = await page.evaluate(async () => {
        const { violations } = await (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run();
        return violations
          .filter(({ impact }) => impact === "serious" || impact === "critical")
          .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`);
      });
      assert.deepEqual(problems, []);
    });

  for (const name of ["example", "index"])
    test(`a phone does not scroll sideways: ${name}`, async () => {
      await using opened = await open(name, { viewport: PHONE });
      assert.ok((await widthOf(opened.page)) <= PHONE.width);
    });

  test("on paper nothing is cut off, and every step is told", async () => {
    await using opened = await open("example", { viewport: PAPER });
    const { page } = opened;
    await page.emulateMedia({ media: "print" });
    assert.ok((await widthOf(page)) <= PAPER.width);
    assert.deepEqual(await cutOff(page), []);
    assert.equal(await page.locator("#scene-opening .steps > li:visible").count(), 8);
    assert.equal(await page.locator(".controls:visible").count(), 0);
  });

  test("without scripts all of it is told", async () => {
    await using opened = await open("example", { javaScriptEnabled: false });
    assert.equal(await opened.page.locator("#scene-opening .steps > li").count(), 8);
    assert.equal(await opened.page.locator(".controls:visible").count(), 0);
  });
});

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}

async function stepShown(page: Page): Promise<number> {
  return Number(await page.locator("#scene-opening .steps > li:visible").getAttribute("data-step"));
}

/** "8 client": the arrow's number and who has walked it so far. */
const litArrows = (page: Page): Promise<readonly string[]> =>
  page
    .locator("#scene-opening .arrow[class*=' ']")
    .evaluateAll((arrows) =>
      arrows.flatMap((arrow) =>
        ["client", "server"]
          .filter((end) => arrow.classList.contains(end))
          .map((end) => `${arrow.querySelector(".number")?.textContent} ${end}`),
      ),
    );

const widthOf = (page: Page): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth);

/** Elements that hide or scroll a part of themselves, but those that are for ears alone. */
const cutOff = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    [...document.body.querySelectorAll<HTMLElement>("*:not(.unseen, svg, svg *)")]
      .filter((one) => getComputedStyle(one).overflow !== "visible")
      .filter((one) => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1)
      .map((one) => `${one.tagName} ${one.className}`),
  );
