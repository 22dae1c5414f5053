import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { startServer, workFolder, type RunningServer } from "./cli/running-process.ts";
import { launchChromium, noChromium, openPage } from "./console/chromium.ts";
import { root } from "./source-files.ts";

/**
 * The first five minutes of a newcomer, in a real browser against the real process: import the example
 * questions, ask, correct, ask again, reload, restart, undo. `SCREENSHOTS=folder` keeps pictures.
 */
const screenshots = process.env["SCREENSHOTS"];
let browser: Browser;
let folder: ReturnType<typeof workFolder>;
let server: RunningServer;
before(async () => {
  if (noChromium) return;
  folder = workFolder();
  browser = await launchChromium();
  server = await startServer(folder.path);
});
after(async () => {
  if (noChromium) return;
  await browser.close();
  await server.stop();
  folder.remove();
});

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const lastAnswer = (page: Page) => page.locator("article").last().locator(".answer-body");
async function ask(page: Page, text: string): Promise<string> {
  await page.getByRole("textbox", { name: "Message", exact: true }).fill(text);
  await page.keyboard.press("Enter");
  await page.locator('[role="log"][aria-busy="false"]').waitFor();
  return (await lastAnswer(page).textContent()) ?? "";
}
async function picture(page: Page, name: string): Promise<void> {
  if (screenshots) await page.screenshot({ path: join(screenshots, `${name}.png`) });
}

async function drop(page: Page, path: string): Promise<void> {
  const text = JSON.stringify(readFileSync(join(root, path), "utf8"));
  const dataTransfer = await page.evaluateHandle(
    `(() => { const transfer = new DataTransfer(); transfer.items.add(new File([${text}], ${JSON.stringify(path)})); return transfer })()`,
  );
  await page.dispatchEvent("body", "drop", { dataTransfer });
}

test("the first five minutes", { skip: noChromium }, async (context) => {
  const { page, allowed } = await openPage(context, browser, server.url.href);
  await picture(page, "1-empty");
  assert.match(await ask(page, "When are you open?"), /do not know/);
  await picture(page, "2-unknown");

  await drop(page, "examples/faq-en.md");
  await picture(page, "3-import");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Teach/ })
    .click();
  await page.getByText("Learned 35 answers").first().waitFor();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await picture(page, "4-imported");

  const hours = await ask(page, "when do you open?");
  assert.match(hours, /15:00/);
  assert.match(await ask(page, "how can I become a member"), /house rules/);
  assert.match(await ask(page, "Can I borrow tools?"), /\w/);
  assert.match(await ask(page, "Who won the world cup in 1954?"), /do not know/);
  await picture(page, "5-asked");

  await ask(page, "When are you open?");
  await button(page, "Correct").last().click();
  await page
    .getByRole("textbox", { name: "The right answer", exact: true })
    .fill("Every day from **ten** to *six*.");
  await button(page, "Save correction").click();
  await page
    .locator(".receipt")
    .getByText("Learned: to “When are you open?” I now answer")
    .waitFor();
  assert.match(await ask(page, "when are you open"), /Every day from ten to six\./);
  await picture(page, "6-corrected");

  await page.reload();
  await page.getByText("Every day from ten to six.").first().waitFor();
  assert.match(await ask(page, "When are you open?"), /Every day from ten to six\./);

  await server.stop();
  allowed.push(/Failed to load resource|ERR_CONNECTION_REFUSED|401/);
  server = await startServer(folder.path, undefined, { APPRENTICE_CONSOLE_PORT: server.url.port });
  await page.goto(server.url.href);
  assert.match(await ask(page, "When are you open?"), /Every day from ten to six\./);
  await button(page, "Why?").last().click();
  const why = page.getByRole("region", { name: "Why this answer" });
  await why.getByText("What I was taught").waitFor();
  const { y, height } = (await why.boundingBox())!;
  assert.ok(y + height <= page.viewportSize()!.height, "what was asked for is in the window");
  await picture(page, "7-why");

  await ask(page, "!undo");
  assert.equal(await ask(page, "when do you open?"), hours);
  await picture(page, "8-undone");
});

test("the same in Russian, on a phone, in the dark", { skip: noChromium }, async (context) => {
  const { page } = await openPage(context, browser, server.url.href, {
    viewport: { width: 390, height: 780 },
    colorScheme: "dark",
    locale: "ru-RU",
  });
  await page.getByRole("textbox", { name: "Сообщение", exact: true }).fill("!help");
  await page.keyboard.press("Enter");
  await page.locator('[role="log"][aria-busy="false"]').waitFor();
  await page.getByText("Что я умею").last().waitFor();
  assert.equal(await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), true);
  await picture(page, "9-phone");
});
