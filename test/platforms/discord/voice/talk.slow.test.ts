import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { NetworkFaults } from "../../../doubles/discord-voice/network.ts";
import { assertHeard } from "./assert-heard.ts";
import { guild, inVoiceWorld, room, textRoom, type VoiceWorld } from "./voice-world.ts";

const [ann, bob] = ["200000000000000002", "200000000000000003"] as const;
const workspace = `discord:${guild}`;

/**
 * Milliseconds of silence that end what somebody says, where each word counts: the hearing machine may
 * be busy with other tests for a while.
 */
const patient = 800;

/** What people ask, and what they were taught to hear. */
const lessons: readonly (readonly [question: string, answer: string])[] = [
  ["Привет, как дела?", "Всё хорошо, спасибо!"],
  ["Во сколько открываемся?", "В десять утра."],
  ["Где ключи?", "У Анны, в синем шкафу."],
  ["Сколько стоит час?", "Двести рублей."],
  ["Кто сегодня дежурит?", "Пётр и Ольга."],
  ["Можно с собакой?", "Да, если она тихая."],
  ["Столица Австралии?", "Канберра."],
  ["Дважды два?", "Четыре."],
  ["Где парковка?", "За домом, слева."],
  ["Что сегодня на обед?", "Борщ и пирог."],
  ["Как пройти в мастерскую?", "Прямо и направо."],
  ["Работает ли лазер?", "Нет, он в ремонте до пятницы."],
  ["Какой пароль от сети?", "Его знает дежурный."],
  ["Когда концерт?", "В субботу в семь."],
  ["Есть ли чай?", "Есть, зелёный и чёрный."],
  ["Кто ты?", "Я ученик."],
  ["Что ты умеешь?", "То, чему меня научили."],
  ["Можно фотографировать?", "Можно, но без вспышки."],
  ["Где выход?", "Там, где вход."],
  ["Спасибо!", "Пожалуйста!"],
  ["Hello, can you hear me?", "Loud and clear."],
  ["When do you open?", "At ten in the morning."],
  ["Where are the keys?", "Ann has them."],
  ["How much is an hour?", "Two hundred."],
  ["Who is on duty?", "Peter and Olga."],
  ["May I bring a dog?", "Yes, if it is quiet."],
  ["Capital of Australia?", "Canberra."],
  ["Two times two?", "Four."],
  ["Where can I park?", "Behind the house."],
  ["What is for lunch?", "Soup and pie."],
  ["How do I get to the workshop?", "Straight on, then right."],
  ["Does the laser work?", "Not before Friday."],
  ["What is the password?", "Ask whoever is on duty."],
  ["When is the concert?", "On Saturday at seven."],
  ["Is there tea?", "Green and black."],
  ["Who are you?", "I am an apprentice."],
  ["What can you do?", "What I was taught."],
  ["May I take pictures?", "Yes, without flash."],
  ["Where is the exit?", "Where you came in."],
  ["Thank you!", "You are welcome!"],
];

const networks: readonly (readonly [string, NetworkFaults])[] = [
  ["a good network", {}],
  ["5 % of the packets overtaken and 30 % padded", { reorder: 0.05, padding: 0.3 }],
];

const understood = (world: VoiceWorld): readonly string[] =>
  world.log().filter((text) => text.startsWith("🎙️"));

describe("talking for a while", { concurrency: true }, () => {
  for (const [name, faults] of networks) {
    test(`forty turns in two languages are exact both ways over ${name}`, async () => {
      await inVoiceWorld(
        async (world) => {
          const talker = await world.enter(ann, "Ann", room, "admin");
          await world.write(ann, "!join");
          for (const [question, answer] of lessons) {
            await world.write(ann, `!teach ${question} => ${answer}`);
          }
          const heard: string[] = [];
          for (const [question, answer] of lessons) {
            talker.forget();
            await talker.say(question);
            heard.push(await talker.hears((text) => text === answer).catch(() => talker.heard()));
          }
          assert.deepEqual(
            heard,
            lessons.map(([, answer]) => answer),
          );
          assert.deepEqual(
            world.log().flatMap((text) => /^🎙️ Ann: (.*)$/.exec(text)?.[1] ?? []),
            lessons.map(([question]) => question),
          );
        },
        { faults, seed: 3, shortestPause: patient },
      );
    });
  }

  test("forty coughs while the bot speaks: every answer goes on and is heard whole", async () => {
    await inVoiceWorld(async (world) => {
      const talker = await world.enter(ann, "Ann", room, "admin");
      await world.write(ann, "!join");
      const answer = Array.from({ length: 9 }, (_, index) => `w${index}`).join(" ");
      await world.write(ann, `!teach Say it => ${answer}`);
      let whole = 0;
      for (let round = 0; round < 40; round++) {
        talker.forget();
        await talker.say("Say it");
        await talker.hears((text) => text.startsWith("w0"));
        await talker.cough(12);
        await talker.hears((text) => text.endsWith("w8")).catch(() => "");
        if (talker.heard() === answer) whole += 1;
      }
      assert.ok(whole >= 38, `${whole} of 40`);
    });
  });

  test("twelve interruptions: what is kept is what was heard", async () => {
    await inVoiceWorld(async (world) => {
      const talker = await world.enter(ann, "Ann", room, "admin");
      await world.write(ann, "!join");
      const tale = Array.from({ length: 40 }, (_, index) => `слово${index}`).join(" ");
      await world.write(ann, `!teach Расскажи => ${tale}`);
      await world.write(ann, "!teach Стоп => Молчу.");
      for (let round = 0; round < 12; round++) {
        talker.forget();
        await talker.say("Расскажи");
        await talker.hears((text) => text.includes(`слово${round % 5}`));
        await talker.say("Стоп");
        await talker.hears((text) => text.endsWith("Молчу."));
        const heard = talker.heard().replace("Молчу.", "").trim();
        const [told] = await world.bot.app.turns.list(workspace, textRoom, { limit: 2 });
        assertHeard(told?.answer, heard);
      }
    });
  });

  test("a teaching by voice is undone by voice", async () => {
    await inVoiceWorld(async (world) => {
      const talker = await world.enter(ann, "Анна", room, "admin");
      await world.write(ann, "!join");
      await world.write(ann, "!teach Столица Австралии? => Сидней.");
      const ask = async (text: string, fits: (answer: string) => boolean): Promise<string> => {
        talker.forget();
        await talker.say(text);
        return talker.hears(fits);
      };
      await ask("Столица Австралии?", (text) => text === "Сидней.");
      const receipt = await ask("Исправь: Канберра.", (text) => text.endsWith("«отмени»."));
      assert.match(receipt, /Запомнил.*Канберра.*Действует с этой минуты/);
      await ask("Столица Австралии?", (text) => text === "Канберра.");
      await ask("Отмени.", (text) => text.length > 10 && text.endsWith("."));
      await ask("Столица Австралии?", (text) => text === "Сидней.");
    });
  });
});

// Apart from the others: each word counts, and seven conversations at once are more than a small machine hears.
test("two people who talk at once for a while are each understood", async () => {
  await inVoiceWorld(
    async (world) => {
      const first = await world.enter(ann, "Ann", room, "admin");
      const second = await world.enter(bob, "Bob");
      await world.write(ann, "!join");
      await world.write(ann, "!teach Да? => Да.");
      for (let round = 1; round <= 8; round++) {
        await Promise.all([first.say("Робо, да?"), second.say("Робо, да?")]);
        await world.until(() => understood(world).length >= 2 * round);
      }
      const lines = understood(world);
      assert.equal(lines.filter((text) => text === "🎙️ Ann: да?").length, 8);
      assert.equal(lines.filter((text) => text === "🎙️ Bob: да?").length, 8);
    },
    { shortestPause: patient },
  );
});
