import { existsSync } from "node:fs";
import type { TestContext } from "node:test";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";

const executablePath = "/usr/bin/chromium";

/** Why browser tests cannot run here; `false` when they can. */
export const noChromium = existsSync(executablePath) ? false : `no ${executablePath} here`;

/** A headless browser; whoever launches it closes it. `more`: further switches of its command line. */
export const launchChromium = (more: readonly string[] = []): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      ...more,
    ],
  });

/**
 * An open page whose every complaint fails the test: errors, refused styles and scripts (the
 * security policy), requests to other hosts. `allowed` are complaints that the test provokes.
 */
export async function openPage(
  test: TestContext,
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; allowed: RegExp[] }> {
  const context = await browser.newContext({ viewport: { width: 1100, height: 760 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const complaints: string[] = [];
  const allowed: RegExp[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => {
    const target = new URL(request.url());
    const isOwn = target.host === new URL(url).host || ["data:", "blob:"].includes(target.protocol);
    if (!isOwn) complaints.push(`request to ${target.host}`);
  });
  test.after(async () => {
    await context.close();
    const serious = complaints.filter((text) => !allowed.some((pattern) => pattern.test(text)));
    if (serious.length > 0) throw new Error(`the page complained:\n${serious.join("\n")}`);
  });
  await page.goto(url);
  return { page, allowed };
}
