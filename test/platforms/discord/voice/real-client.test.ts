import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Person } from "../../../doubles/discord/person.ts";
import type { Channel, Guild } from "../../../doubles/discord/world.ts";
import { MainVoice } from "../../../doubles/discord-voice/main-gateway.ts";
import { DiscordVoiceDouble } from "../../../doubles/discord-voice/server.ts";
import { runBot, type RunningBot } from "../running-bot.ts";
import { createTalker, type Talker } from "./talker.ts";

describe("voice over the real client of Discord", () => {
  let bot: RunningBot;
  let voice: DiscordVoiceDouble;
  let main: MainVoice;
  const talkers: Talker[] = [];
  before(async () => {
    voice = await DiscordVoiceDouble.start();
    bot = await runBot(
      { APPRENTICE_SPEECH_STT_ENGINE: "modem", APPRENTICE_SPEECH_TTS_ENGINE: "modem" },
      (discord) => {
        main = new MainVoice(discord, voice);
      },
    );
  });
  after(async () => {
    for (const talker of talkers) talker.close();
    await bot.close();
    await voice.close();
  });

  type Place = { guild: Guild; text: Channel; lounge: Channel; ann: Person; ben: Person };
  const place = (type: 2 | 13 = 2): Place => {
    const { discord } = bot;
    const [ann, ben] = [discord.person("Ann"), discord.person("Ben")];
    const guild = discord.guild("Library", [ann, ben]);
    return {
      guild,
      ann,
      ben,
      text: discord.channel(guild, "general"),
      lounge: discord.channel(guild, "Lounge", { type }),
    };
  };
  const enter = async ({ guild, lounge }: Place, person: Person): Promise<Talker> => {
    const talker = await createTalker(main.enter(guild.id, person.user.id, lounge.id));
    talkers.push(talker);
    return talker;
  };

  test("/join, a spoken question, a spoken and a written answer, a restart, /leave", async () => {
    const here = place();
    const { guild, text, lounge, ann } = here;
    const talker = await enter(here, ann);
    await ann.asks(text, "!teach Да? => Да.");
    assert.equal((await ann.slash(text, "join").reply()).content, "Joined Lounge.");
    await bot.discord.until(lounge, ({ content }) => content.includes("voice me=no"));
    await talker.say("Да?");
    await talker.hears((words) => words === "Да.");
    await bot.discord.until(text, ({ content }) => content === "🎙️ Ann: Да?");
    const answer = await bot.discord.until(text, ({ content }) => content === "Да.");
    assert.ok(answer.components.length > 0, "the written answer has its buttons");

    await bot.reconnect();
    const back = voice.next(lounge.id, ({ kind }) => kind === "switched");
    await back;
    talker.forget();
    await talker.say("Да?");
    await talker.hears((words) => words === "Да.");
    const left = await ann.asks(text, "!leave");
    assert.equal(left.content, "Disconnected from the voice channel.");
    while (main.channelOf(guild.id, bot.discord.bot.id)) await new Promise(setImmediate);
    assert.deepEqual(voice.complaints, []);
    assert.deepEqual(bot.discord.complaints, []);
  });

  test("permissions, a full room and an empty channel are told by name", async () => {
    const here = place();
    const { text, lounge, ben } = here;
    assert.match((await ben.asks(text, "!join")).content, /You are not in a voice channel/);
    await enter(here, ben);
    bot.discord.deny(lounge, ["Connect"]);
    assert.match((await ben.asks(text, "!join")).content, /cannot join Lounge: I lack Connect/);
    bot.discord.deny(lounge, []);
    assert.equal((await ben.asks(text, "!join")).content, "Joined Lounge.");
  });

  test("on a stage it asks to speak, or steps forward where it may", async () => {
    const asking = place(13);
    await enter(asking, asking.ann);
    await asking.ann.asks(asking.text, "!join");
    await bot.discord.until(asking.text, ({ content }) =>
      content.includes("I have asked to speak"),
    );
    assert.deepEqual(main.requests, [asking.guild.id]);

    const barred = place(13);
    await enter(barred, barred.ann);
    bot.discord.deny(barred.lounge, ["RequestToSpeak", "Speak"]);
    await barred.ann.asks(barred.text, "!join");
    await bot.discord.until(barred.text, ({ content }) => content.includes("invite me to speak"));

    const moderating = place(13);
    const talker = await enter(moderating, moderating.ann);
    bot.discord.allow(moderating.lounge, ["MuteMembers"]);
    await moderating.ann.asks(moderating.text, "!teach Да? => Да.");
    await moderating.ann.asks(moderating.text, "!join");
    await talker.say("Да?");
    await talker.hears((words) => words === "Да.");
    const written = bot.discord.messages(moderating.text).map(({ content }) => content);
    assert.ok(!written.some((content) => content.includes("audience")));
    assert.deepEqual(main.requests, [asking.guild.id]);
    assert.deepEqual(bot.discord.complaints, []);
  });

  test("a moderator who mutes the bot or takes it out is answered", async () => {
    const here = place();
    const { guild, text, lounge, ben } = here;
    await enter(here, ben);
    await ben.asks(text, "!join");
    main.place(guild.id, bot.discord.bot.id, lounge.id, { mute: true });
    await bot.discord.until(text, ({ content }) => content.includes("I was muted in Lounge"));
    main.place(guild.id, bot.discord.bot.id, null);
    await bot.discord.until(text, ({ content }) => content.includes("I was taken out"));
    assert.match((await ben.asks(text, "!leave")).content, /I am not in a voice channel/);
  });
});
