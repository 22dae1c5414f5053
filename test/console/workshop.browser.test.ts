import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { openConsole } from "../../src/compose-console.ts";
import type { Console } from "../../src/console/server.ts";
import { runApp, type RunningApp } from "../running-app.ts";
import { launchChromium, noChromium, openPage } from "./chromium.ts";

const options = { skip: noChromium };
let browser: Browser;
let bot: RunningApp;
let webConsole: Console;
let url: string;

before(async () => {
  if (noChromium) return;
  bot = await runApp({ APPRENTICE_CONSOLE_PORT: "0" });
  webConsole = openConsole(bot.app, "browser-test");
  ({ url } = await webConsole.start());
  browser = await launchChromium();
  await bot.app.library.write("web:local", "shop.jsonl", Buffer.from(rowsOf(1_500)));
  await bot.app.library.write("web:local", "large.jsonl", Buffer.from(rowsOf(6_000)));
});
after(async () => {
  if (noChromium) return;
  await browser.close();
  await webConsole.stop();
  await bot.close();
});

const subjects = "door key lamp rope boat tent stove map coat drum".split(" ");
const rowsOf = (count: number): string =>
  Array.from({ length: count }, (_, row) => {
    const subject = subjects[row % subjects.length]!;
    const words = [row, row * 7_919, row * 104_729].map((each) => each.toString(36));
    return JSON.stringify({ prompt: `${subject} ${words.join(" ")}?`, answer: `The ${subject}` });
  }).join("\n");

async function ask(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: "Message", exact: true }).fill(text);
  await page.keyboard.press("Enter");
  await page.locator('[role="log"][aria-busy="false"]').waitFor();
}
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const link = (page: Page, name: string) => page.getByRole("link", { name, exact: true });

test(
  "train from the chat: preview, button, a live curve, the candidate",
  options,
  async (context) => {
    const { page } = await openPage(context, browser, url);
    await ask(page, "!train shop.jsonl positive=yes");
    await page.getByText("Nothing has started yet.").waitFor();
    await button(page, "Start training").click();
    const card = page.locator("article .job-card");
    await card.locator("canvas").waitFor();
    await card.getByText("done", { exact: true }).waitFor({ timeout: 60_000 });
    await card.getByText("Model v1").waitFor();
    const words = await card.getByRole("figure").getAttribute("aria-label");
    assert.match(words ?? "", /Loss curve\. loss: [\d.]+ → [\d.]+/);

    await link(page, "Workshop").click();
    await page.locator(".workshop .job-card canvas").waitFor();
    await page.getByRole("row", { name: /shop v1, embedded/ }).waitFor();
    await link(page, "Models").click();
    await page.getByText("candidate", { exact: true }).waitFor();
    await button(page, "Promote").click();
    await page.getByRole("dialog").getByText(/v1/).first().waitFor({ timeout: 60_000 });
    await button(page, "Close").last().click();
    await page.getByText("live", { exact: true }).waitFor();
    await button(page, "Roll back").click();
    await page
      .getByRole("dialog")
      .getByText(/recall/)
      .first()
      .waitFor();
    await button(page, "Close").last().click();
    await button(page, "Promote").waitFor();
    await link(page, "To the chat").first().click();
    await page.getByText("Nothing has started yet.").waitFor();
  },
);

test(
  "a curve grows while the training runs, and a page that lost the connection shows the end",
  options,
  async (context) => {
    const { page, allowed } = await openPage(context, browser, url);
    await ask(page, "!train large.jsonl positive=yes");
    await button(page, "Start training").click();
    const card = page.locator("article .job-card");
    await card.locator("canvas").waitFor();
    const { jobs } = bot.app;
    await jobs.pause(await jobs.find("web:local", "last"));
    await card.getByText("paused", { exact: true }).waitFor();
    const label = () => card.getByRole("figure").getAttribute("aria-label");
    const live = await label();
    assert.match(live ?? "", /Loss curve\. loss: [\d.]+ → [\d.]+/, "drawn before the end");

    allowed.push(/ERR_INTERNET_DISCONNECTED/);
    await page.context().setOffline(true);
    const job = await jobs.find("web:local", "last");
    await jobs.resume(job);
    let state = "";
    for await (const moment of jobs.follow(job.id, AbortSignal.timeout(60_000)))
      state = moment.job.state;
    assert.equal(state, "succeeded");
    await page.context().setOffline(false);
    await card.getByText("done", { exact: true }).waitFor({ timeout: 30_000 });
    await card.getByText(/Model v\d/).waitFor();
    assert.match((await label()) ?? "", /^Loss curve\. loss: [\d.]+ → [\d.]+/);
  },
);

test(
  "a long file dropped on the console is taught as a job that is followed there",
  options,
  async (context) => {
    const { page } = await openPage(context, browser, url);
    const long = Array.from({ length: 5_500 }, (_, row) => {
      const words = [row, row * 7_919].map((each) => each.toString(36));
      return JSON.stringify({ prompt: `long ${words.join(" ")}?`, answer: `Long ${row % 9}` });
    }).join("\n");
    const file = `new File([${JSON.stringify(long)}], "long.jsonl")`;
    const dataTransfer = await page.evaluateHandle(
      `(() => { const transfer = new DataTransfer(); transfer.items.add(${file}); return transfer })()`,
    );
    await page.dispatchEvent("body", "drop", { dataTransfer });
    await button(page, "Teach 5,500 answers").click();
    await page.waitForURL(/#\/jobs\/[0-9a-f-]{36}$/);
    const card = page.locator(".job-card").first();
    await card.getByText("done", { exact: true }).waitFor({ timeout: 60_000 });
    await card.getByText(/Learned 5,500 answers/).waitFor();
  },
);

test(
  "the workshop trains from a dataset and cancels, on a phone, in Russian, in the dark",
  options,
  async (context) => {
    await bot.ask("!train shop.jsonl positive=yes");
    const { page } = await openPage(context, browser, url, {
      viewport: { width: 390, height: 780 },
      locale: "ru-RU",
      colorScheme: "dark",
    });
    await link(page, "Мастерская").click();
    await link(page, "Наборы").click();
    await page.getByText("shop", { exact: false }).first().waitFor();
    await button(page, "Обучить").first().click();
    await button(page, "Начать обучение").click();
    await page.waitForURL(/#\/jobs\/[0-9a-f-]{36}$/);
    await button(page, "Отменить").click();
    await page.locator(".job-card").getByText("отменено", { exact: true }).waitFor();
    const wide = await page.evaluate("document.documentElement.scrollWidth > innerWidth");
    assert.equal(wide, false, "nothing is wider than the phone");
  },
);
