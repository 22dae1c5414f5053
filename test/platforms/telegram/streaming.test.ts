import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { buttonsOf } from "../../doubles/telegram/people.ts";
import { startOpenAiDouble, type OpenAiDouble } from "../../doubles/openai/server.ts";
import { runTelegram, type RunningTelegram } from "./running-telegram.ts";

describe("an answer in the making", () => {
  let model: OpenAiDouble;
  let bot: RunningTelegram;
  const pieces = ["One ", "**two** ", "three ", "four ", "five."];
  before(async () => {
    model = await startOpenAiDouble(({ messages }) =>
      messages.at(-1)!.content.includes("long")
        ? Array.from({ length: 900 }, (_, place) => `word${place} **bold${place}** `)
        : pieces,
    );
    bot = await runTelegram({
      environment: {
        APPRENTICE_MODEL_PROVIDER: "openai-compatible",
        APPRENTICE_MODEL_TAUGHT_ONLY: "never",
        APPRENTICE_MODEL_URL: model.url,
        APPRENTICE_MODEL_NAME: "echo",
      },
    });
  });
  after(async () => {
    await bot.close();
    await model.close();
  });
  const slowly = (wait: number) => model.fail({ kind: "slow-stream", wait });

  test("in a private chat it is a draft, then one message with everything", async () => {
    const { double } = bot;
    const anna = double.person("Anna", { language: "en" });
    slowly(20);
    anna.writes(anna.privately, "count");
    const draft = await double.sees("draft", ({ chat }) => chat.id === anna.privately.id);
    assert.match(draft.text, /^One/);
    assert.ok(draft.canStop);
    const answer = await double.reads(anna.privately);
    assert.equal(answer.text, "One two three four five.");
    assert.deepEqual(answer.entities, [{ type: "bold", offset: 4, length: 3 }]);
    assert.equal(buttonsOf(answer).length, 5);
  });

  test("the stop button of a draft ends it, and what was said stays", async () => {
    const { double } = bot;
    const anna = double.person("Anna", { language: "en" });
    slowly(150);
    anna.writes(anna.privately, "count");
    const draft = await double.sees("draft", ({ chat }) => chat.id === anna.privately.id);
    anna.stops(draft.id);
    const answer = await double.reads(anna.privately);
    assert.match(answer.text!, /^One/);
    assert.doesNotMatch(answer.text!, /five/);
  });

  test("in a group one message grows, with a button that stops it", async () => {
    const { double } = bot;
    const anna = double.person("Anna", { language: "en" });
    const chat = double.group({ title: "Mill", members: [anna], admins: [anna] });
    slowly(150);
    anna.writes(chat, "@apprentice_bot count");
    const growing = await double.reads(chat, /^One/);
    anna.presses(growing, "■");
    const notice = await double.sees("notice", ({ text }) => text !== "");
    assert.match(notice.text, /[Ss]top/);
    const { message } = await double.sees(
      "edit",
      (edit) => edit.message.chat.id === chat.id && buttonsOf(edit.message).length === 5,
    );
    assert.doesNotMatch(message.text!, /five/);
    assert.equal(message.message_id, growing.message_id);
  });

  test("when Telegram asks for patience, pieces are left out and the end arrives", async () => {
    const { double } = bot;
    const anna = double.person("Anna", { language: "en" });
    const chat = double.group({ title: "Mill", members: [anna], admins: [anna] });
    const busy = {
      kind: "status",
      status: 429,
      retryAfter: 1,
      description: "Too Many Requests: retry after 1",
    } as const;
    double.fail("editMessageText", busy, busy);
    slowly(20);
    anna.writes(chat, "@apprentice_bot count");
    await double.reads(chat, /five\.$/);
  });

  test("a message that somebody deleted meanwhile is sent again as a whole", async () => {
    const { double } = bot;
    const anna = double.person("Anna", { language: "en" });
    const chat = double.group({ title: "Mill", members: [anna], admins: [anna] });
    slowly(60);
    anna.writes(chat, "@apprentice_bot count");
    const growing = await double.reads(chat, /^One/);
    double.world.places.get(chat.id)!.messages.delete(growing.message_id);
    const answer = await double.reads(chat, /five\.$/);
    assert.notEqual(answer.message_id, growing.message_id);
  });

  test("an answer longer than a message comes in parts, no style torn, none lost", async () => {
    const { double } = bot;
    const anna = double.person("Anna", { language: "en" });
    anna.writes(anna.privately, "a long one");
    const texts: string[] = [];
    while (!texts.at(-1)?.includes("word899")) {
      const { text = "", entities = [] } = await double.reads(anna.privately);
      assert.ok(!text.includes("**"));
      for (const { offset, length } of entities) {
        assert.match(text.slice(offset, offset + length), /^bold\d+$/);
      }
      texts.push(text);
    }
    const expected = Array.from({ length: 900 }, (_, place) => `word${place} bold${place}`);
    assert.equal(texts.join(" ").replaceAll(/\s+/g, " "), expected.join(" "));
  });

  test("what a message replies to is seen by the model too", async () => {
    const { double } = bot;
    const [anna, boris] = [double.person("Anna", { language: "en" }), double.person("Boris")];
    const chat = double.group({ title: "Mill", members: [anna, boris], admins: [anna] });
    const said = boris.writes(chat, "The mill stands since 1820.");
    anna.writes(chat, "@apprentice_bot is that right?", { replyTo: said });
    await double.reads(chat, /five\.$/);
    const { messages } = model.requests.at(-1)!;
    assert.equal(messages.at(-1)?.content, "> Boris: The mill stands since 1820.\nis that right?");
  });

  test("a server that knows no drafts gets messages that grow", async () => {
    const { double } = bot;
    const anna = double.person("Anna", { language: "en" });
    double.fail("sendMessageDraft", { kind: "status", status: 404, description: "Not Found" });
    slowly(20);
    anna.writes(anna.privately, "count");
    await double.reads(anna.privately, /five\.$/);
    slowly(60);
    anna.writes(anna.privately, "count again");
    const growing = await double.reads(anna.privately, /^One/);
    assert.equal(buttonsOf(growing)[0]?.text, "■ Stop");
    const whole = await double.reads(anna.privately, /five\.$/);
    assert.equal(whole.message_id, growing.message_id);
  });

  test("a question in one chat does not wait for a slow answer in another", async () => {
    const { double } = bot;
    const [anna, boris] = [double.person("Anna"), double.person("Boris")];
    slowly(60);
    anna.writes(anna.privately, "count");
    boris.writes(boris.privately, "/teach quick? => Quick.");
    await double.reads(boris.privately, /Learned/);
    boris.writes(boris.privately, "quick?");
    assert.equal((await double.reads(boris.privately)).text, "Quick.");
    await double.reads(anna.privately, /five\.$/);
  });
});
