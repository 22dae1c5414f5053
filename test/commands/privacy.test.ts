import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { runApp, type RunningApp, type Speaking } from "../running-app.ts";

describe("privacy and mydata", () => {
  let bot: RunningApp;
  before(async () => {
    bot = await runApp({ APPRENTICE_PRIVACY_OPERATOR: "Anna, anna@example.org" });
  });
  after(() => bot.close());

  const ann: Speaking = { name: "Ann" };
  const bob: Speaking = { name: "Bob", role: "trainer" };

  /** Whether the words lie anywhere in the data folder. */
  const isOnDisk = (words: string, folder = bot.folder): boolean =>
    readdirSync(folder).some((name) => {
      const path = join(folder, name);
      if (statSync(path).isDirectory()) return isOnDisk(words, path);
      return readFileSync(path).includes(words);
    });

  test("!privacy says what is kept, and who answers for it, in both languages", async () => {
    assert.match(await bot.ask("!privacy"), /What I keep[\s\S]*!mydata[\s\S]*anna@example\.org/);
    assert.match(await bot.ask("!privacy", { language: "ru" }), /Что я храню[\s\S]*Ваши права/);
  });

  test("!consent is given by whoever taught it, for that one thing, and taken back", async () => {
    const here = { workspace: "web:consent" };
    const consents = async () => {
      const examples = await bot.app.examples.list({ ...here, limit: 9 });
      return examples.map(({ prompt, consent }) => [prompt, consent?.textVersion ?? null]);
    };
    await bot.ask("!teach first? => one", { ...ann, ...here });
    const receipt = await bot.ask("!teach second? => two", { ...ann, ...here });
    const id = /!undo (\w+)/.exec(receipt)![1];
    assert.match(await bot.ask(`!consent ${id}`, { ...bob, ...here }), /cannot find that teaching/);
    assert.match(
      await bot.ask(`!consent ${id}`, { ...ann, ...here }),
      /train models too.*consent \w+ no/,
    );
    assert.deepEqual(await consents(), [
      ["second?", "chat-1"],
      ["first?", null],
    ]);
    await bot.ask("!dataset faq --build --attest", here);
    const revoked = await bot.ask(`!consent ${id} no`, { ...ann, ...here });
    assert.match(revoked, /Taken back: no model is trained/);
    assert.deepEqual(await consents(), [
      ["second?", null],
      ["first?", null],
    ]);
    assert.equal(await bot.ask("second?", here), "two");
  });

  test("!mydata gives everything about a person, and about nobody else", async () => {
    await bot.ask("!teach zanzibar ferry? => At the quokka pier.", ann);
    await bot.ask("zanzibar ferry?", ann);
    await bot.ask("!feedback good Splendiferous!", ann);
    await bot.ask("who is bob?", bob);
    assert.match(await bot.ask("!mydata", ann), /answers: 1; .*taught: 1; ratings: 1/);
    const events = await bot.say("!mydata export", ann);
    const reply = events.at(-1)!;
    assert.ok(reply.kind === "reply" && reply.files?.[0]);
    const content = Buffer.from(reply.files[0].base64, "base64").toString("utf8");
    for (const word of ["zanzibar", "quokka", "Splendiferous"])
      assert.match(content, new RegExp(word));
    assert.doesNotMatch(content, /bob/i);
  });

  test("!mydata forget removes words from answers, search and disk; others' teaching stays", async () => {
    await bot.ask("!teach where is the lighthouse? => On the cape.", bob);
    await bot.ask('!teach "where is the lighthouse?" "Next to the narwhal." --replace', ann);
    assert.match(await bot.ask("where is the lighthouse?", bob), /narwhal/);
    assert.ok(isOnDisk("quokka"));
    assert.match(await bot.ask("!mydata forget", ann), /cannot be undone/);
    assert.match(await bot.ask("zanzibar ferry?", bob), /quokka/);
    assert.match(await bot.ask("!mydata forget --yes", ann), /Forgotten for good/);
    assert.match(await bot.ask("zanzibar ferry?", bob), /do not know/);
    assert.equal(await bot.ask("where is the lighthouse?", bob), "On the cape.");
    await bot.ask("!mydata forget --yes", bob);
    for (const word of ["quokka", "narwhal", "Splendiferous"]) assert.ok(!isOnDisk(word), word);
    const { query } = bot.app.database;
    for (const table of ["action", "example", "turn", "feedback"] as const) {
      const rows = await query
        .selectFrom(table)
        .selectAll()
        .where("workspace", "=", "web:local")
        .execute();
      assert.doesNotMatch(JSON.stringify(rows), /web:Ann/, table);
    }
    assert.match(await bot.ask("!mydata", ann), /answers: 0; .*taught: 0; ratings: 0/);
    await bot.restart();
    assert.match(await bot.ask("zanzibar ferry?", ann), /do not know/);
  });
});
