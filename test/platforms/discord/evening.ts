import assert from "node:assert/strict";
import { commands } from "../../../src/commands/index.ts";
import { tellChat } from "../../doubles/discord/chat-log.ts";
import { buttonsOf } from "../../doubles/discord/person.ts";
import type { StoredMessage } from "../../doubles/discord/world.ts";
import { startOpenAiDouble } from "../../doubles/openai/server.ts";
import { runBot } from "./running-bot.ts";

/** What each command is given this evening, typed and as a form; the others get nothing. */
const given: Readonly<
  Record<string, { readonly typed: string; readonly values: Record<string, string> }>
> = {
  ask: { typed: "when do you open?", values: { question: "when do you open?" } },
  correct: { typed: "At nine, but never on Mondays.", values: { correction: "At nine sharp." } },
  feedback: { typed: "good", values: { rating: "good" } },
  getfile: { typed: "letters/one.txt", values: { path: "letters/one.txt" } },
  help: { typed: "teach", values: { command: "ask" } },
  persona: {
    typed: "You are the library's cat.",
    values: { text: "You are a friendly librarian." },
  },
  retract: { typed: "00000000", values: { example: "00000000" } },
  role: { typed: "1 member", values: { person: "1" } },
  settle: { typed: "00000000 different", values: { question: "00000000", as: "different" } },
  proposal: { typed: "00000000 keep", values: { id: "00000000", as: "keep" } },
  answer: { typed: "00000000", values: { id: "00000000" } },
  teach: {
    typed: "Is there tea? => Always.",
    values: { prompt: "Is there soup?", answer: "On Fridays." },
  },
  test: {
    typed: '[{"prompt": "Is there tea?", "answer": "Always."}]',
    values: { data: '[{"prompt": "Is there soup?", "answer": "On Fridays."}]' },
  },
};

/**
 * An evening in two guilds with five people: every command by prefix and by slash, menus, windows,
 * buttons, reactions, streaming and review; a correction that rules the next answer in its own guild
 * and is unknown in the other. Throws when anything is not as it should be.
 */
export async function runEvening(tell: (line: string) => void): Promise<void> {
  let pieces: readonly string[] = ["I can only ", "guess: ", "try the desk."];
  const model = await startOpenAiDouble(() => pieces);
  const bot = await runBot({
    APPRENTICE_MODEL_PROVIDER: "openai-compatible",
    APPRENTICE_MODEL_URL: model.url,
    APPRENTICE_MODEL_NAME: "echo",
    APPRENTICE_MODEL_TAUGHT_ONLY: "never",
    APPRENTICE_DISCORD_TRAINER_ROLES: "Librarian",
  });
  const { discord } = bot;
  const log = tellChat(discord.world, tell);
  try {
    const [ann, tom, ben] = ["Ann", "Tom", "Ben"].map((name) => discord.person(name));
    const [olga, ivan] = ["Ольга", "Иван"].map((name) => discord.person(name, { locale: "ru" }));
    assert.ok(ann && tom && ben && olga && ivan);
    const library = discord.guild("Library", [ann, tom, ben]);
    discord.give(library, tom, discord.role(library, "Librarian"));
    const mill = discord.guild("Мельница", [olga, ivan, ben], { locale: "ru" });
    const [general, hall] = [discord.channel(library, "general"), discord.channel(mill, "зал")];
    const self = `<@${discord.bot.id}>`;
    const isWhole = ({ content }: StoredMessage) => content === pieces.join("");

    // A model guesses, piece by piece; a trainer teaches; the next answer is the taught one.
    pieces = ["I can only ", "guess: ", "try ", "the ", "desk."];
    model.fail({ kind: "slow-stream", wait: 10 });
    ben.says(general, `${self} when do you open?`);
    const guess = await discord.until(
      general,
      (message) => isWhole(message) && buttonsOf(message).length === 5,
    );
    assert.match((await ben.clicks(guess, "👎").reply()).content, /Thank you/);
    const filled = await tom.fills(tom.clicks(guess, "✏️"), { "The right answer": "At nine." });
    assert.match((await filled.reply()).content, /Learned/);
    assert.equal((await ben.asks(general, `${self} when do you open?`)).content, "At nine.");
    // The other guild knows nothing of it.
    assert.equal((await ben.asks(hall, `${self} when do you open?`)).content, pieces.join(""));

    // The same in Russian, by a message's menu, with consent for the teacher's own words.
    const russian = await olga.asks(hall, `${self} когда вы открываетесь?`);
    const window = await olga.fills(olga.menu("Correct this answer", russian), {
      "Правильный ответ": "В десять.",
      "Вопрос вашими словами": "Во сколько открывается мельница?",
      "Можно обучать на этом модели?": true,
    });
    const receipt = await window.reply();
    assert.match(receipt.content, /В десять/);
    assert.equal(
      (await ivan.asks(hall, `${self} во сколько открывается мельница`)).content,
      "В десять.",
    );
    olga.reacts(russian, "👎");
    assert.match(
      (await olga.menu("Why this answer?", russian).reply()).content,
      /\p{Script=Cyrillic}/u,
    );
    await olga.clicks(receipt, "Отменить").reply();

    // A member's lesson waits in a review thread until a trainer approves it.
    assert.match(
      (await ben.asks(general, "!teach Who feeds the cat? => The night watch.")).content,
      /review/,
    );
    await tom.slash(general, "review").reply();
    const item = await discord.world.happenings.wait(
      () => {
        const thread = [...discord.world.channels.values()].find(
          ({ parentId }) => parentId === general.id,
        );
        return (
          thread && discord.messages(thread).find((message) => buttonsOf(message).length === 3)
        );
      },
      { since: 0, what: "an item to review" },
    );
    assert.match((await ben.clicks(item, "Approve").reply()).content, /Only a trainer/i);
    assert.match((await tom.clicks(item, "Approve").reply()).content, /Approved/);
    assert.equal(
      (await ben.asks(general, `${self} who feeds the cat?`)).content,
      "The night watch.",
    );

    // Teaching from what somebody wrote; options that complete themselves; a private chat.
    const said = ben.says(general, "The cat is called Muriel.");
    const taught = await ann.fills(ann.menu("Teach from this message", said), {
      Question: "What is the cat's name?",
    });
    assert.match((await taught.reply()).content, /Muriel/);
    assert.ok((await tom.types(general, "retract", "example", "cat")).length > 0);
    await ben.asks(discord.privateChat(ben), "!teach my shelf? => Third.");

    // Every command, typed and as a form.
    await bot.app.library.write(
      `discord:${library.id}`,
      "letters/one.txt",
      Buffer.from("Q: a?\nA: b\n"),
    );
    for (const { name, options } of commands) {
      const needed = Object.entries(options).filter(([, { optional }]) => !optional);
      const { typed, values } = given[name] ?? {
        typed: needed.map(() => "x").join(" "),
        values: Object.fromEntries(needed.map(([option]) => [option, "x"])),
      };
      assert.ok((await ann.asks(general, `!${name} ${typed}`.trim())).content.length > 0, name);
      // Long replies come in several messages.
      await bot.app.rooms.idle();
      assert.ok((await ann.slash(general, name, values).reply()).content.length > 0, name);
      await bot.app.rooms.idle();
    }
    assert.deepEqual(discord.complaints, []);
  } finally {
    log.finish();
    await bot.close();
    await model.close();
  }
}
