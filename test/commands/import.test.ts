import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { attachmentOf } from "../../src/core/attachment.ts";
import type { Message } from "../../src/core/message.ts";
import type { Reply, ReplyButton } from "../../src/core/reply.ts";
import { received, shownFor } from "../received.ts";
import { runApp, type RunningApp } from "../running-app.ts";

describe("import in a chat", () => {
  let bot: RunningApp;
  before(async () => {
    bot = await runApp({ APPRENTICE_LIMITS_MESSAGES_PER_MINUTE: "500" });
  });
  after(() => bot.close());

  const message = (text: string, given: Partial<Message> = {}): Message =>
    received(text, {
      platform: "telegram",
      workspace: "telegram:7",
      room: "telegram:7",
      person: { id: "telegram:7", name: "Ann", role: "trainer" },
      ...given,
    });
  const last = async (sent: Message): Promise<Reply> => (await shownFor(bot, sent)).at(-1)!;
  const file = (name: string, text: string) =>
    attachmentOf({ name, mediaType: "text/plain", bytes: new TextEncoder().encode(text) });
  const send = (...files: readonly ReturnType<typeof file>[]) => last(message("", { files }));
  const press = (reply: Reply, label: string): Promise<Reply> => {
    const button = reply.buttons?.find((each: ReplyButton) => each.label === label);
    assert.ok(button, `${label}: ${JSON.stringify(reply.buttons)}`);
    return last(message("", { call: button.call, via: "command" }));
  };
  const library = async () => (await bot.app.library.list("telegram:7")).map(({ path }) => path);

  test("a file is asked about, shown, learned as a whole, and undone as a whole", async () => {
    const question = await send(
      file("faq.md", "Q: Where is tea?\nA: In the kitchen.\n\nQ: And jam?\nA: Beside it."),
    );
    assert.match(question.text, /faq\.md: what is this file for\?/);
    assert.deepEqual(
      question.buttons?.map(({ label }) => label),
      ["Knowledge", "Good examples", "Bad examples", "A test", "Only keep them", "Cancel"],
    );
    const preview = await press(question, "Knowledge");
    assert.match(preview.text, /2 answers are in there.*\n- “Where is tea\?” → “In the kitchen\.”/);
    assert.match((await last(message("Where is tea?"))).text, /do not know/);
    const receipt = await press(preview, "Teach it");
    assert.match(receipt.text, /Learned 2 answers\. Used from now on/);
    assert.equal((await last(message("Where is tea?"))).text, "In the kitchen.");
    assert.deepEqual(await library(), []);
    assert.match((await press(preview, "Teach it")).text, /no file .* in the library/);
    await last(message(`/undo ${receipt.actionId}`));
    assert.match((await last(message("Where is tea?"))).text, /do not know/);
  });

  test("a file that was taught before is not told as learned again", async () => {
    const rows = "Q: Where is the salt?\nA: On the shelf.\n";
    const teachFile = async () =>
      press(await press(await send(file("salt.md", rows)), "Knowledge"), "Teach it");
    assert.match((await teachFile()).text, /^Learned 1 answer\. Used from now on/);
    assert.equal((await teachFile()).text, "There was nothing new to learn. 1 was already known.");
  });

  test("bad examples are answers not to give", async () => {
    await last(message("/teach Is it free? => Yes, all of it."));
    const question = await send(file("bad.csv", 'prompt,answer\nIs it free?,"Yes, all of it."\n'));
    const preview = await press(question, "Bad examples");
    assert.match(preview.text, /“Is it free\?”: never “Yes, all of it\.”/);
    await press(preview, "Teach it");
    const [example] = await bot.app.examples.list({ workspace: "telegram:7", limit: 1 });
    assert.deepEqual([example?.label, example?.source], ["negative", "imported"]);
  });

  test("a test is run and kept, and a cancelled file is gone", async () => {
    await last(message("/teach How old is the mill? => Two hundred years."));
    const rows =
      "prompt,answer\nHow old is the mill?,Two hundred years.\nWho built it?,Nobody knows.\n";
    const question = await send(file("Проверка: 1?.csv", rows));
    const preview = await press(question, "A test");
    assert.match(preview.text, /2 test questions/);
    const report = await press(preview, "Test now");
    assert.match(report.text, /1 of 2 right[\s\S]*kept in the library: tests\/Проверка_ 1_\.csv/);
    assert.deepEqual(await library(), ["tests/Проверка_ 1_.csv"]);
    const other = await send(file("other.txt", "a\tb"));
    assert.equal((await library()).length, 2);
    assert.match((await press(other, "Cancel")).text, /did not keep/);
    assert.deepEqual(await library(), ["tests/Проверка_ 1_.csv"]);
  });

  test("several files are one question; a mistake in one leaves all untaught", async () => {
    const question = await send(
      file("a.csv", "prompt,answer\na1,b1\n"),
      file("b.csv", "prompt,answer\n,b2\n"),
    );
    assert.match(question.text, /2 files \(a\.csv, b\.csv\)/);
    const refused = await press(question, "Knowledge");
    assert.match(refused.text, /Nothing was imported: b\.csv has 1 mistake/);
    assert.equal(refused.failure?.code, "import-invalid");
  });

  test("files that are none to learn from are told so, and members may not teach by file", async () => {
    assert.match((await send(file("setup.exe", "MZ"))).text, /I learn from CSV/);
    const person = { id: "telegram:8", name: "Bob", role: "member" } as const;
    const refused = await last(message("", { files: [file("a.csv", "a,b")], person }));
    assert.equal(refused.failure?.code, "permission-denied");
    assert.match((await last(message("!import"))).text, /import needs files/);
  });
});
