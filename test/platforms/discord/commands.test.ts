import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { commands } from "../../../src/commands/index.ts";
import { commandsJson } from "../../../src/platforms/discord/command-json.ts";
import { examineDiscord } from "../../../src/platforms/discord/examine.ts";
import { inviteLink } from "../../../src/platforms/discord/invite.ts";
import { say, sayError } from "../../../src/texts/say.ts";
import { discordSettings } from "../../../src/discord-settings.ts";
import { buttonsOf, type Person } from "../../doubles/discord/person.ts";
import { isDeepStrictEqual } from "node:util";
import { runBot, type RunningBot } from "./running-bot.ts";

describe("slash commands", () => {
  let bot: RunningBot;
  before(async () => {
    bot = await runBot();
  });
  after(() => bot.close());

  const place = () => {
    const { discord } = bot;
    const [ann, ben] = ["Ann", "Ben"].map((name) => discord.person(name)) as [Person, Person];
    const olga = discord.person("Ольга", { locale: "ru" });
    const guild = discord.guild("Library", [ann, ben, olga]);
    const channel = discord.channel(guild, "general");
    return { discord, guild, channel, ann, ben, olga, workspace: `discord:${guild.id}` };
  };

  test("every command is registered, described in two languages, within Discord's limits", () => {
    const registered = bot.discord.world.commands.get("global")!;
    const slash = registered.filter(({ type }) => type === 1);
    assert.deepEqual(
      slash.map(({ name }) => name),
      commands.map(({ name }) => name),
    );
    for (const command of slash) {
      const inRussian = command["description_localizations"] as { ru: string };
      assert.match(inRussian.ru, /\p{Script=Cyrillic}/u, command.name);
    }
    const names = registered.map(
      (command) => (command["name_localizations"] as { ru?: string })?.ru,
    );
    assert.equal(new Set(names.filter(Boolean)).size, names.filter(Boolean).length);
    const role = slash.find(({ name }) => name === "role")!;
    assert.equal(role["default_member_permissions"], "32");
    assert.deepEqual(bot.discord.complaints, []);
  });

  test("what is personal or for a team's few is shown to the asker only", async () => {
    const { channel, ann, ben } = place();
    for (const name of ["help", "status", "settings"])
      assert.equal((await ben.slash(channel, name).reply()).onlyFor, ben.user.id, name);
    assert.equal((await ben.slash(channel, "hi").reply()).onlyFor, undefined);
    assert.equal((await ann.slash(channel, "datasets").reply()).onlyFor, ann.user.id);
    const refused = await ben.slash(channel, "datasets").reply();
    assert.match(refused.content, /Only a trainer/i);
    assert.equal(refused.onlyFor, ben.user.id);
    // A failure of a public command is nobody else's either.
    const failed = ben.slash(channel, "correct", { correction: "x" });
    assert.equal((await failed.reply()).onlyFor, ben.user.id);
  });

  test("a Russian client is answered in Russian", async () => {
    const { channel, olga } = place();
    assert.match((await olga.slash(channel, "hi").reply()).content, /\p{Script=Cyrillic}/u);
    const modal = olga.menu("Correct this answer", olga.says(channel, "привет"));
    assert.match((await modal.reply()).content, /\p{Script=Cyrillic}/u);
  });

  test("options complete themselves from what the workspace has, for those who may use them", async () => {
    const { channel, ann, ben, workspace } = place();
    await ann.asks(channel, "!teach When do you open? => At nine.");
    await ann.asks(channel, "!teach Where is the cellar? => Below.");
    await bot.app.library.write(workspace, "letters/one.txt", Buffer.from("Q: a?\nA: b\n"));
    await ann.asks(channel, "!dataset shop-faq --build");
    const names = async (...typing: Parameters<Person["types"]>) =>
      (await ann.types(...typing)).map(({ name }) => name);
    assert.deepEqual(await names(channel, "getfile", "path", "one"), ["letters/one.txt"]);
    assert.deepEqual(await names(channel, "retract", "example", "cellar"), [
      "Where is the cellar? → Below.",
    ]);
    assert.deepEqual(await names(channel, "help", "command", "teac"), ["teach"]);
    assert.deepEqual(await names(channel, "select_dataset", "path", "faq"), ["shop-faq"]);
    assert.deepEqual(await ben.types(channel, "getfile", "path", ""), []);
    assert.deepEqual(bot.discord.complaints, []);
  });

  test("malformed values are refused with the reason, and the next command works", async () => {
    const { channel, ann, ben } = place();
    const replies = [
      await ann.slash(channel, "teach", { prompt: "x".repeat(6_000), answer: "y" }).reply(),
      await ann.slash(channel, "teach", { prompt: "  ", answer: " " }).reply(),
      await ann.slash(channel, "undo", { action: "../../etc/passwd" }).reply(),
      await ann.slash(channel, "getfile", { path: "../secret" }).reply(),
      await ann.slash(channel, "why", { turn: "nothing" }).reply(),
      await ann.slash(channel, "settings", { prefix: "long words" }).reply(),
    ];
    for (const { content } of replies)
      assert.match(
        content,
        /too long|nothing to learn|cannot find|do not find|not a plain path|prefix|no answer/i,
      );
    assert.match((await ben.slash(channel, "hi").reply()).content, /Hi/);
  });

  test("an answer of 10,000 characters comes whole through a slash command", async () => {
    const { discord, channel, ann, ben } = place();
    const long = Array.from({ length: 1_300 }, (_, at) => `part${at}`).join(" ");
    const { files } = {
      files: [
        {
          name: "long.jsonl",
          bytes: Buffer.from(JSON.stringify({ prompt: "all?", answer: long })),
        },
      ],
    };
    const taught = ann.says(channel, "!teach", { files });
    await discord.until(channel, ({ replyTo }) => replyTo === taught.id);
    const asked = ben.slash(channel, "ask", { question: "all?" });
    const last = await asked.message(({ content }) => content.includes("part1299"));
    assert.ok(last);
    const parts = discord
      .messages(channel)
      .filter(({ interactionId }) => interactionId === asked.interaction.id);
    assert.equal(parts.map(({ content }) => content).join(" "), long);
  });

  test("a reply too long to read in a channel comes as a file", async () => {
    const { channel, ann } = place();
    await ann.asks(channel, "!persona " + "p".repeat(3_900));
    assert.equal((await ann.slash(channel, "persona").reply()).files.length, 0);
    await bot.app.library.write(
      `discord:${channel.guildId}`,
      "instruction.md",
      Buffer.from("w ".repeat(9_000)),
    );
    const long = await ann.slash(channel, "instruction").reply();
    assert.deepEqual(
      long.files.map(({ name }) => name),
      ["answer.md"],
    );
  });

  test("what is typed in a channel and answered for one alone goes to their private chat", async () => {
    const { discord, channel, ann, ben } = place();
    const chat = discord.privateChat(ben);
    const self = `<@${discord.bot.id}>`;
    await ann.asks(channel, "!teach Is there tea? => Always.");
    const answer = await ben.asks(channel, `${self} is there tea?`);
    const asked = [
      { text: "!mydata", told: /lesson|message/i },
      { text: "!why", told: /Is there tea\?/ },
      { text: "!privacy", told: /keep/ },
      { text: "!mydata export", told: /everything I keep/ },
      // Not allowed: nobody else has to read that.
      { text: "!datasets", told: /Only a trainer/ },
    ];
    for (const { text, told } of asked) {
      const since = discord.messages(chat).length;
      const note = await ben.asks(channel, text, text === "!why" ? { replyTo: answer } : {});
      assert.equal(note.content, "I answered you in a private message.", text);
      assert.deepEqual(note.files, []);
      const [reply] = discord.messages(chat).slice(since);
      assert.match(reply!.content, told);
      assert.deepEqual(buttonsOf(reply!), []);
    }
    ben.user.open = false;
    const refused = await ben.asks(channel, "!mydata export");
    assert.match(refused.content, /only in private/);
    assert.deepEqual(refused.files, []);
    ben.user.open = true;
    // What a team does together stays where it was typed.
    assert.match((await ann.asks(channel, "!datasets")).content, /./);
    assert.match((await ben.asks(chat, "!mydata")).content, /lesson|message/i);
    assert.deepEqual(discord.complaints, []);
  });

  test("commands per guild are registered where the operator wants that", async () => {
    const guildBot = await runBot({ APPRENTICE_DISCORD_COMMANDS: "guilds" }, (discord) => {
      discord.guild("First", [discord.person("Ann")]);
    });
    const { discord } = guildBot;
    const [first] = discord.world.guilds.keys();
    assert.equal(discord.world.commands.get(first!)!.length, commandsJson(commands).length);
    const since = discord.world.happenings.last;
    const second = discord.guild("Second", [discord.person("Ann")]);
    await discord.world.happenings.wait(
      ({ name, about }) =>
        name === "commands.registered" && about === second.id ? true : undefined,
      { since, what: "the registration in a new guild" },
    );
    // Nothing is listed twice when the operator thinks better of it, and thinks again.
    const counts = () =>
      ["global", first!, second.id].map((at) => discord.world.commands.get(at)?.length ?? 0);
    const all = commandsJson(commands).length;
    const until = (wanted: readonly number[]) =>
      discord.world.happenings.wait(
        () => (isDeepStrictEqual(counts(), wanted) ? true : undefined),
        { since: 0, what: `commands ${wanted.join()}` },
      );
    for (const [commandsSetting, wanted] of [
      ["global", [all, 0, 0]],
      ["guilds", [0, all, all]],
    ] as const) {
      await guildBot.reconnect({ commands: commandsSetting });
      await until(wanted);
    }
    await guildBot.close();
  });

  test("doctor says what is right, what is missing, and how to invite the bot", async () => {
    const { discord, guild } = place();
    const settings = discordSettings(bot.app.config)!;
    const examine = async (changes: Partial<typeof settings> = {}) => {
      const describe = (error: Parameters<typeof sayError>[1]) => sayError("en", error);
      const found = await examineDiscord({ ...settings, ...changes }, commands, "en", describe);
      return found.map(({ key, values, state }) => ({ state, text: say("en", key, values) }));
    };
    const texts = (findings: Awaited<ReturnType<typeof examine>>) =>
      findings.map(({ text }) => text).join("\n");
    const good = await examine();
    assert.deepEqual(
      good.filter(({ state }) => state !== "on"),
      [],
    );
    assert.ok(texts(good).includes(inviteLink(discord.bot.id)));
    const closed = discord.channel(guild, "closed");
    discord.deny(closed, ["SendMessages", "AttachFiles"]);
    discord.world.allowed.messageContent = false;
    const bad = await examine();
    assert.match(texts(bad), /#closed \(Library\).*Send Messages, Attach Files/);
    assert.match(texts(bad), /Message Content intent is off/);
    discord.world.allowed.messageContent = true;
    assert.match(texts(await examine({ token: "wrong" })), /token is refused/);
    assert.match(texts(await examine({ apiUrl: "http://127.0.0.1:9" })), /127\.0\.0\.1:9/);
    assert.deepEqual(discord.complaints, []);
  });
});
