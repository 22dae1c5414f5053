import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { NetworkFaults } from "../../../doubles/discord-voice/network.ts";
import { lessons } from "./lessons.ts";
import { guild, inVoiceWorld, room, textRoom, type VoiceWorld } from "./voice-world.ts";

const [ann, bob] = ["200000000000000002", "200000000000000003"] as const;
const workspace = `discord:${guild}`;

/**
 * Milliseconds of silence that end what somebody says, where each word counts: the hearing machine may
 * be busy with other tests for a while.
 */
const patient = 800;

const networks: readonly (readonly [string, NetworkFaults])[] = [
  ["a good network", {}],
  ["5 % of the packets overtaken and 30 % padded", { reorder: 0.05, padding: 0.3 }],
];

const understood = (world: VoiceWorld): readonly string[] =>
  world.log().filter((text) => text.startsWith("🎙️"));

const isFull = process.env["FULL"] === "1";

describe("talking for a while", { concurrency: true }, () => {
  for (const [name, faults] of networks) {
    // In real time, two at once: a busy machine gets a part of them, FULL=1 all.
    const turns = isFull ? lessons : lessons.slice(0, 10);
    test(`${turns.length} turns in two languages are exact both ways over ${name}`, async () => {
      await inVoiceWorld(
        async (world) => {
          const talker = await world.enter(ann, "Ann", room, "admin");
          await world.write(ann, "!join");
          for (const [question, answer] of turns) {
            await world.write(ann, `!teach ${question} => ${answer}`);
          }
          const heard: string[] = [];
          for (const [question, answer] of turns) {
            talker.forget();
            await talker.say(question);
            heard.push(await talker.hears((text) => text === answer).catch(() => talker.heard()));
          }
          assert.deepEqual(
            heard,
            turns.map(([, answer]) => answer),
          );
          assert.deepEqual(
            world.log().flatMap((text) => /^🎙️ Ann: (.*)$/.exec(text)?.[1] ?? []),
            turns.map(([question]) => question),
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
        assert.equal(told?.answer, heard);
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
      assert.match(receipt, /Запомнил.*Канберра/);
      await ask("Столица Австралии?", (text) => text === "Канберра.");
      await ask("Отмени.", (text) => text.length > 10 && text.endsWith("."));
      await ask("Столица Австралии?", (text) => text === "Сидней.");
    });
  });
});

test("the first words after joining are understood, whichever packets are overtaken", async () => {
  // With the third and the tenth, one of the first packets is overtaken.
  const seeds = [1, 3, 10];
  const first = async (seed: number): Promise<string> => {
    let line = "";
    await inVoiceWorld(
      async (world) => {
        const talker = await world.enter(ann, "Ann", room, "admin");
        await world.write(ann, "!join");
        await talker.say("Привет, как дела?");
        line = await world.reads(/^🎙️/);
      },
      { faults: { reorder: 0.05, padding: 0.3 }, seed, shortestPause: patient },
    );
    return line;
  };
  assert.deepEqual(
    await Promise.all(seeds.map(first)),
    seeds.map(() => "🎙️ Ann: Привет, как дела?"),
  );
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
