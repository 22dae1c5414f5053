import assert from "node:assert/strict";
import { after, before, test, type TestContext } from "node:test";
import type { Browser, Page } from "playwright-core";
import { ApprenticeError } from "../../src/core/errors.ts";
import { ensurePages } from "../../src/console/pages-folder.ts";
import { silentLog } from "../../src/core/log.ts";
import { previewFile } from "../../src/learning/preview-file.ts";
import { launchChromium, noChromium, openPage } from "./chromium.ts";
import { runConsole, type RunningConsole } from "./running-console.ts";
import { add } from "./scripted-parts.ts";

let browser: Browser;
let pagesFolder: string;
const options = { skip: noChromium };

before(async () => {
  if (noChromium) return;
  pagesFolder = await ensurePages({ log: silentLog });
  browser = await launchChromium();
});
after(() => browser?.close());

const start = (test: TestContext): Promise<RunningConsole> =>
  runConsole(test, (parts) => ({ ...parts, pagesFolder }));

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const lastAnswer = (page: Page) => page.locator("article").last().locator(".answer-body");

async function ask(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: "Message", exact: true }).fill(text);
  await page.keyboard.press("Enter");
  await page.locator('[role="log"][aria-busy="false"]').waitFor();
}

async function drop(page: Page, name: string, text: string): Promise<void> {
  const file = `new File([${JSON.stringify(text)}], ${JSON.stringify(name)})`;
  const dataTransfer = await page.evaluateHandle(
    `(() => { const transfer = new DataTransfer(); transfer.items.add(${file}); return transfer })()`,
  );
  await page.dispatchEvent("body", "dragover", { dataTransfer });
  await page.getByText("Drop the file to teach me from it").waitFor();
  await page.dispatchEvent("body", "drop", { dataTransfer });
}

test("an answer streams in, and can be stopped", options, async (context) => {
  const console = await start(context);
  add(console.script, { prompt: "count", answer: "one **two** three four", label: "positive" });
  const { page } = await openPage(context, browser, console.url);
  assert.equal(new URL(page.url()).search, "");
  await page.getByText("Teach me, one answer at a time").waitFor();
  const held = Promise.withResolvers<void>();
  console.script.hold = held.promise;
  await page.getByRole("textbox", { name: "Message", exact: true }).fill("count");
  await page.keyboard.press("Enter");
  await lastAnswer(page).getByText("one", { exact: true }).waitFor();
  held.resolve();
  await lastAnswer(page).getByText("one two three four", { exact: true }).waitFor();
  await button(page, "Why?").waitFor();
  console.script.hold = new Promise(() => {});
  await page.getByRole("textbox", { name: "Message", exact: true }).fill("count");
  await page.keyboard.press("Enter");
  await page.locator("article").nth(1).getByText("one", { exact: true }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByText("Stopped.").waitFor();
  await lastAnswer(page).getByText("one", { exact: true }).waitFor();
  assert.equal(console.script.inputs.length, 2);
});

test("correct an answer: the next one is right; undo: as before", options, async (context) => {
  const console = await start(context);
  add(console.script, { prompt: "hours?", answer: "9 to 5", label: "positive" });
  const { page } = await openPage(context, browser, console.url);
  await ask(page, "hours?");
  await button(page, "Correct").click();
  const field = page.getByRole("textbox", { name: "The right answer", exact: true });
  assert.equal(await field.inputValue(), "9 to 5");
  await field.fill("10 to 6");
  await button(page, "Save correction").click();
  await page.locator(".receipt").getByText("Corrected. The next answer is right.").waitFor();
  await page.getByText("Your correction").waitFor();
  await button(page, "Ask again").click();
  await page.locator("article").nth(1).getByText("10 to 6").waitFor();
  await button(page, "Undo").click();
  await page.locator(".receipt").getByText("Undone. Everything is as before.").waitFor();
  await page.locator("article").first().getByText("9 to 5").waitFor();
  await ask(page, "hours?");
  await lastAnswer(page).getByText("9 to 5").waitFor();
});

test(
  "what it does not know can be taught, and it asks what was meant",
  options,
  async (context) => {
    const console = await start(context);
    add(console.script, { prompt: "Когда открыто?", answer: "С 10 до 18", label: "positive" });
    const { page } = await openPage(context, browser, console.url);
    await ask(page, "Where?");
    await button(page, "Teach me the answer").waitFor();
    assert.equal(await button(page, "Correct").count(), 0);
    await button(page, "Teach me the answer").click();
    assert.equal(
      await page.getByRole("textbox", { name: "When someone asks", exact: true }).inputValue(),
      "Where?",
    );
    await page
      .getByRole("textbox", { name: "I should answer", exact: true })
      .fill("In the old mill");
    await button(page, "Teach").click();
    await page.getByText("Learned. I use it from now on.").first().waitFor();
    await button(page, "Когда открыто?").click();
    await lastAnswer(page).getByText("С 10 до 18").waitFor();
    await button(page, "What I know").click();
    await button(page, "Teach something new").click();
    await page.getByRole("textbox", { name: "When someone asks", exact: true }).fill("Where?");
    await page
      .getByRole("textbox", { name: "I should answer", exact: true })
      .fill("Somewhere else");
    await button(page, "Teach").click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("To “Where?” I already answer “In the old mill”").waitFor();
    for (const name of ["Replace it", "Only this question", "Keep it"])
      await button(page, name).waitFor();
  },
);

test("rate, take the rating back, and see why", options, async (context) => {
  const console = await start(context);
  add(console.script, { prompt: "q", answer: "a", label: "positive" });
  const { page } = await openPage(context, browser, console.url);
  await ask(page, "q");
  const good = button(page, "Good answer");
  await good.click();
  await page.locator('[aria-label="Good answer"][aria-pressed="true"]').waitFor();
  await button(page, "Bad answer").click();
  await page.locator('[aria-label="Bad answer"][aria-pressed="true"]').waitFor();
  assert.equal(await good.getAttribute("aria-pressed"), "false");
  assert.deepEqual(console.script.ratings, [1, -1]);
  await button(page, "Why?").click();
  const why = page.getByRole("region", { name: "Why this answer" });
  await why.getByText("I was taught this answer to this very question.").waitFor();
  await why.getByText("recall@12").waitFor();
  await why.getByText("97%").waitFor();
  assert.deepEqual(await why.locator(".example-prompt").allTextContents(), ["q"]);
  await page.keyboard.press("Escape");
  await why.waitFor({ state: "detached" });
  assert.equal(await page.evaluate("document.activeElement.textContent"), "Why?");
});

test(
  "a table whose columns are unsure asks which is which, then shows and teaches it",
  options,
  async (context) => {
    const console = await runConsole(context, (parts) => ({
      ...parts,
      pagesFolder,
      operations: {
        ...parts.operations,
        previewFile,
        async importFile(file, how) {
          const { lessons } = await previewFile(file);
          const bytes = Buffer.from(lessons.map((lesson) => JSON.stringify(lesson)).join("\n"));
          return parts.operations.importFile({ name: "read.jsonl", bytes }, how);
        },
      },
    }));
    const { page } = await openPage(context, browser, console.url);
    await drop(
      page,
      "club.csv",
      "Nr,What,So,Also\n1,Where is the kiln?,Room 4.,Where do I fire?\n",
    );
    await page.getByText("Choose the questions and the answers.").waitFor();
    const chooser = page.getByRole("group", { name: "Which column holds what?" });
    await chooser.getByLabel("Questions").selectOption("What");
    await chooser.getByLabel("Answers").selectOption("So");
    await page.getByText("1 answer in club.csv").waitFor();
    await chooser.getByLabel("Other wordings").selectOption("Also");
    await page.getByText("2 answers in club.csv").waitFor();
    assert.deepEqual(await page.locator(".import-rows .example-prompt").allTextContents(), [
      "Where is the kiln?",
      "Where do I fire?",
    ]);
    await button(page, "Teach 2 answers").click();
    await page.locator(".receipt").getByText("Learned 2 answers from club.csv.").waitFor();
    await ask(page, "Where do I fire?");
    await lastAnswer(page).getByText("Room 4.").waitFor();
  },
);

test("a dropped file is shown, taught with progress, and undone", options, async (context) => {
  const console = await start(context);
  const { page } = await openPage(context, browser, console.url);
  const rows = Array.from({ length: 12 }, (_, row) =>
    JSON.stringify({ prompt: `вопрос ${row}`, answer: `ответ ${row}` }),
  );
  await drop(page, "faq.jsonl", rows.join("\n"));
  await page.getByText("12 answers in faq.jsonl").waitFor();
  assert.equal(await page.locator(".import-rows li").count(), 5);
  const held = Promise.withResolvers<void>();
  console.script.hold = held.promise;
  await button(page, "Teach 12 answers").click();
  await page.getByText("1 of 12").waitFor();
  held.resolve();
  await page.locator(".receipt").getByText("Learned 12 answers from faq.jsonl.").waitFor();
  await page.getByText("12 answers taught").waitFor();
  await ask(page, "вопрос 7");
  await lastAnswer(page).getByText("ответ 7").waitFor();
  await button(page, "Undo").click();
  await page.locator(".receipt").getByText("Undone.").waitFor();
  await drop(page, "broken.jsonl", `${rows[0]}\n{"prompt": `);
  await page.getByText("1 mistake in broken.jsonl").waitFor();
  await page.getByText("Line 2").waitFor();
  await button(page, "Close").last().click();
  await drop(page, "photo.png", "not for teaching");
  await page.getByRole("button", { name: "Remove photo.png", exact: true }).waitFor();
  await button(page, "Send").click();
  await lastAnswer(page).waitFor();
  assert.equal(console.script.inputs.at(-1)?.files[0]?.name, "photo.png");
});

test(
  "the conversation is there after a reload, older parts on demand",
  options,
  async (context) => {
    const console = await start(context);
    for (let number = 0; number < 35; number++) {
      add(console.script, { prompt: `q${number}`, answer: `a${number}`, label: "positive" });
      await console
        .fetch("/api/messages", {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ id: `message-${number}`, text: `q${number}` }),
        })
        .then((response) => response.text());
    }
    const { page } = await openPage(context, browser, console.url);
    await page.getByText("a34", { exact: true }).waitFor();
    assert.equal(await page.locator("article").count(), 30);
    await button(page, "Show earlier messages").click();
    await page.getByText("a0", { exact: true }).waitFor();
    assert.equal(await page.locator("article").count(), 35);
    await button(page, "Show earlier messages").waitFor({ state: "detached" });
    await button(page, "New conversation").click();
    await page.getByText("Teach me, one answer at a time").waitFor();
    await page.reload();
    await page.getByText("Teach me, one answer at a time").waitFor();
    await button(page, "Show earlier messages").click();
    await page.getByText("a34", { exact: true }).waitFor();
  },
);

test("text from people can do nothing but be read", options, async (context) => {
  const console = await start(context);
  const evil = [
    "<script>window.broken = 1</script><img src=x onerror='window.broken = 2'>",
    "[click](javascript:window.broken=3) [data](data:text/html,<script>1</script>)",
    "![spy](https://spy.example/pixel.png) <iframe src='https://spy.example'></iframe>",
    "[fine](https://example.org/page)",
  ].join("\n\n");
  add(console.script, { prompt: "<b>x</b>", answer: evil, label: "positive" });
  const { page } = await openPage(context, browser, console.url);
  await ask(page, "<b>x</b>");
  const answer = lastAnswer(page);
  await answer.getByText("fine").waitFor();
  assert.equal(await page.locator(".question-text").textContent(), "<b>x</b>");
  assert.equal(
    await page.locator("article :is(script, iframe, img:not([src='/mark.svg']))").count(),
    0,
  );
  const links = await answer
    .locator("a")
    .evaluateAll((found) =>
      found.map((link) => [link.textContent, link.getAttribute("href"), link.getAttribute("rel")]),
    );
  assert.deepEqual(links, [
    ["click", "", "noopener noreferrer nofollow"],
    ["data", "", "noopener noreferrer nofollow"],
    ["spy", "https://spy.example/pixel.png", "noopener noreferrer nofollow"],
    ["fine", "https://example.org/page", "noopener noreferrer nofollow"],
  ]);
  assert.equal(await page.evaluate("'broken' in window"), false);
});

test("an answer of a thousand nested list marks blanks nothing", options, async (context) => {
  const console = await start(context);
  const lists = `${"- ".repeat(1_000)}deep`;
  const stairs = Array.from({ length: 300 }, (_, depth) => `${"  ".repeat(depth)}- x`).join("\n");
  add(console.script, { prompt: "lists", answer: lists, label: "positive" });
  add(console.script, { prompt: "stairs", answer: stairs, label: "positive" });
  add(console.script, { prompt: "fine", answer: "all **well**", label: "positive" });
  const { page } = await openPage(context, browser, console.url);
  for (const prompt of ["lists", "stairs", "fine"]) await ask(page, prompt);
  await lastAnswer(page).getByText("all well", { exact: true }).waitFor();
  // All that the page asks for has come before the console is closed.
  await page.reload({ waitUntil: "networkidle" });
  await page.getByRole("textbox", { name: "Message", exact: true }).waitFor();
});

test("in Russian, dark, on a phone", options, async (context) => {
  const console = await start(context);
  add(console.script, {
    prompt: "שעות?",
    answer: `| ${"столбец | ".repeat(12)}\n|${"---|".repeat(12)}\n\n${"длинноеслово".repeat(20)}`,
    label: "positive",
  });
  const { page } = await openPage(context, browser, console.url, {
    viewport: { width: 390, height: 780 },
    locale: "ru-RU",
    colorScheme: "dark",
    isMobile: true,
    hasTouch: true,
  });
  await page.getByText("Учите меня, ответ за ответом").waitFor();
  assert.equal(await page.evaluate("document.documentElement.lang"), "ru");
  const [about, actions, field] = await Promise.all(
    [".header p", ".header-actions", "#message"].map((part) => page.locator(part).boundingBox()),
  );
  assert.ok(about!.x + about!.width <= actions!.x, "the header's parts stand side by side");
  assert.ok(field!.height < 50, "what stands in the empty field is one line");
  await page.getByRole("textbox", { name: "Сообщение", exact: true }).fill("שעות?");
  await button(page, "Отправить").click();
  await button(page, "Почему?").click();
  await page.getByText("Меня учили отвечать так").waitFor();
  await page.getByRole("textbox", { name: "Сообщение", exact: true }).fill("x".repeat(300));
  await button(page, "Отправить").click();
  await button(page, "Научить меня ответу").click();
  await page.getByRole("textbox", { name: "Я должен ответить", exact: true }).waitFor();
  const width = () => page.evaluate("document.documentElement.scrollWidth");
  const listWidth = () => page.locator(".messages").evaluate((list) => list.scrollWidth);
  assert.deepEqual([await width(), await listWidth()], [390, 390]);
  const colour = () => page.evaluate("getComputedStyle(document.body).backgroundColor");
  const dark = await colour();
  await button(page, "Светлые цвета").click();
  assert.notEqual(await colour(), dark);
  await button(page, "Switch to English").click();
  await button(page, "New conversation").waitFor();
  await page.reload();
  await button(page, "Dark colours").waitFor();
  assert.notEqual(await colour(), dark);
  await button(page, "What I know").click();
  await page.getByRole("dialog").getByText("שעות?").waitFor();
  assert.equal(await width(), 390);
});

test("nobody can talk to a page that does not hear", options, async (context) => {
  const console = await runConsole(context, (parts) => ({ ...parts, pagesFolder, hears: false }));
  const { page } = await openPage(context, browser, console.url);
  for (const name of ["Talk", "Record a voice message"]) {
    await page.locator(`button[aria-label="${name}"][disabled]`).waitFor();
    const title = await button(page, name).getAttribute("title");
    assert.match(String(title), /speech recognition is not set up/);
  }
});

test("everything can be done with the keyboard alone", options, async (context) => {
  const console = await start(context);
  add(console.script, { prompt: "q", answer: "old", label: "positive" });
  const { page } = await openPage(context, browser, console.url);
  await page.getByRole("textbox", { name: "Message", exact: true }).waitFor();
  const focused = () =>
    page.evaluate<string>(
      "document.activeElement.ariaLabel ?? document.activeElement.textContent.slice(0, 100)",
    );
  const tabTo = async (label: string, backwards = false): Promise<void> => {
    for (let press = 0; press < 30 && (await focused()) !== label; press++) {
      await page.keyboard.press(backwards ? "Shift+Tab" : "Tab");
    }
    assert.equal(await focused(), label);
  };
  assert.equal(await focused(), "Message");
  await page.keyboard.type("q");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.press("Backspace");
  await page.keyboard.press("Enter");
  await button(page, "Correct").waitFor();
  assert.equal(await focused(), "Message");
  await tabTo("Correct", true);
  await page.keyboard.press("Enter");
  await page.getByRole("textbox", { name: "The right answer", exact: true }).waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await focused(), "Correct");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+A");
  await page.keyboard.type("new");
  await page.keyboard.press("Control+Enter");
  await page.locator(".receipt").waitFor();
  await tabTo("Undo");
  await page.keyboard.press("Enter");
  await page.locator(".receipt").getByText("Undone.").waitFor();
  await tabTo("What I know", true);
  await page.keyboard.press("Enter");
  await page.getByPlaceholder("Search what I was taught").waitFor();
  assert.equal(await focused(), "Search what I was taught");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  assert.equal(await focused(), "What I know");
});

test(
  "commands answer in the chat, failures are told and can be retried",
  options,
  async (context) => {
    const console = await start(context);
    const { page, allowed } = await openPage(context, browser, console.url);
    await ask(page, "!help");
    await lastAnswer(page).getByText("says what I can do").waitFor();
    console.script.failure = new Error("broken");
    await ask(page, "?");
    await lastAnswer(page).getByText("Something went wrong inside me").waitFor();
    await button(page, "Try again").click();
    await lastAnswer(page).getByText("I do not know that yet.").waitFor();
    assert.notEqual(console.script.inputs[1]?.id, console.script.inputs[2]?.id);
    assert.equal(await page.locator("article").count(), 2);
    console.script.failure = new ApprenticeError("command-unknown", {
      name: "!hlp",
      nearest: "help",
    });
    await ask(page, "!hlp");
    await button(page, "Change the message").click();
    assert.equal(
      await page.getByRole("textbox", { name: "Message", exact: true }).inputValue(),
      "!hlp",
    );
    allowed.push(/ERR_CONNECTION_REFUSED/, /ERR_INCOMPLETE_CHUNKED/, /Failed to fetch/);
    await console.stop();
    await ask(page, "still there?");
    await lastAnswer(page).getByText("I could not reach Apprentice.").waitFor();
    await page.getByText("The connection is lost. Trying again…").waitFor();
  },
);

test("a page of an earlier run says where to go", options, async (context) => {
  const console = await start(context);
  const { page, allowed } = await openPage(context, browser, console.url);
  await page.getByText("Teach me, one answer at a time").waitFor();
  allowed.push(/401/);
  await page.context().clearCookies();
  await page.getByRole("textbox", { name: "Message", exact: true }).fill("?");
  await page.keyboard.press("Enter");
  await page.getByText("Open the new URL that it printed").waitFor();
});
