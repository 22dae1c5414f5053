import assert from "node:assert/strict";
import { describe } from "node:test";
import { startDiscordDouble } from "../doubles/discord/server.ts";
import { startTelegramDouble } from "../doubles/telegram/server.ts";
import { entry, eventually, facts, startServer, testInFolder } from "../cli/running-process.ts";

/** Starting a process on a busy machine takes its time, in milliseconds. */
const patience = 60_000;

describe("one process for Discord, Telegram and the console", () => {
  testInFolder("each community learns for itself, at the same time", async (folder) => {
    const discord = await startDiscordDouble();
    const telegram = await startTelegramDouble();
    const [ann, olga] = [discord.person("Ann"), telegram.person("Ольга", { language: "ru" })];
    const guild = discord.guild("Library", [ann]);
    discord.give(guild, ann, discord.role(guild, "Librarian"));
    const hall = discord.channel(guild, "hall");
    const group = telegram.group({ title: "Мельница", members: [olga], admins: [olga] });
    const server = await startServer(folder, [process.execPath, entry, "start"], {
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.world.origin,
      APPRENTICE_DISCORD_TRAINER_ROLES: "Librarian",
      TELEGRAM_TOKEN: telegram.token,
      TELEGRAM_API_URL: telegram.url,
    });
    try {
      const self = `<@${discord.bot.id}>`;
      const isOn = async () => {
        const [status] = (await facts(folder, ["status"])).lines;
        const parts = status!["parts"] as readonly { part: string; state: string }[];
        return ["discord", "telegram", "console"].every((name) =>
          parts.some(({ part, state }) => part === name && state === "on"),
        );
      };
      await eventually(isOn, patience);
      const question = "who is the guard?";
      // All three learn another answer to the same question.
      const taught = await facts(folder, ["teach", question, "Nobody, in the console."]);
      assert.equal(taught.code, 0, JSON.stringify(taught));
      olga.writes(group, `/teach ${question} => Ольга, в Telegram.`);
      await telegram.reads(group, /Запомнил/, patience);
      const receipt = await ann.asks(hall, `${self} teach ${question} => Ann, in Discord.`);
      assert.match(receipt.content, /Learned/);
      olga.writes(group, `@apprentice_bot ${question}`);
      const [inConsole, inDiscord, inTelegram] = await Promise.all([
        facts(folder, ["ask", question]),
        ann.asks(hall, `${self} ${question}`),
        telegram.reads(group, /Ольга, в Telegram\./, patience),
      ]);
      assert.equal(inConsole.lines[0]!["answer"], "Nobody, in the console.");
      assert.equal(inDiscord.content, "Ann, in Discord.");
      assert.equal(inTelegram.text, "Ольга, в Telegram.");
      const { code, err } = await server.stop();
      assert.equal(code, 0, err);
    } finally {
      await telegram.close();
      await discord.close();
    }
    assert.deepEqual(telegram.complaints, []);
  });

  testInFolder("refused tokens leave the console standing, and doctor says why", async (folder) => {
    const telegram = await startTelegramDouble();
    const environment = { TELEGRAM_TOKEN: "1:wrong", TELEGRAM_API_URL: telegram.url };
    const server = await startServer(folder, [process.execPath, entry, "start"], environment);
    try {
      const [answer] = (await facts(folder, ["ask", "where is the ferry?"])).lines;
      assert.equal(answer!["answer"], null);
      const doctor = await facts(folder, ["doctor"], environment);
      const parts = doctor.lines[0]!["parts"] as readonly {
        part: string;
        state: string;
        text: string;
      }[];
      const line = parts.find(({ part }) => part === "telegram");
      assert.equal(line?.state, "problem");
      assert.match(line.text, /refuses the token.*@BotFather/);
      const good = await facts(folder, ["doctor"], {
        ...environment,
        TELEGRAM_TOKEN: telegram.token,
      });
      const lines = good.lines[0]!["parts"] as typeof parts;
      const said = lines
        .filter(({ part }) => part === "telegram")
        .map(({ text }) => text)
        .join("\n");
      assert.match(said, /connected as @apprentice_bot[\s\S]*https:\/\/t\.me\/apprentice_bot/);
      assert.equal((await server.stop()).code, 0);
    } finally {
      await telegram.close();
    }
  });
});
