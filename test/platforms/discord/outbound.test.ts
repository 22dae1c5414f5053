import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { silentLog } from "../../../src/core/log.ts";
import { createCustomIds } from "../../../src/platforms/discord/custom-id.ts";
import { interactionOutbound } from "../../../src/platforms/discord/interaction-outbound.ts";
import { outboundTo, type Outward } from "../../../src/platforms/discord/outbound.ts";
import { decodeAudio } from "../../../src/speech/codecs/decode/decode-audio.ts";
import { writeVoiceMessage } from "../../../src/speech/codecs/ogg-opus.ts";
import { modemSpeechToText } from "../../../src/speech/modem/modem-engines.ts";
import { writeWords } from "../../../src/speech/modem/write-words.ts";
import { outboundContract, type OutboundRoom } from "../../contracts/outbound.ts";
import { buttonsOf } from "../../doubles/discord/person.ts";
import type { Channel } from "../../doubles/discord/world.ts";
import { runBot, type RunningBot } from "./running-bot.ts";

describe("the ways into Discord", () => {
  let bot: RunningBot;
  before(async () => {
    bot = await runBot();
  });
  after(() => bot.close());

  const outward = (): Outward => ({
    client: bot.connection.client()!,
    ids: createCustomIds("t", { keep: async () => "k", find: async () => undefined }),
    // Drafts are not held back here.
    pace: { takes: () => true },
    log: silentLog,
    lists: { of: async () => undefined, keep: async () => {}, has: async () => false },
  });
  const seen = (channel: Channel): Omit<OutboundRoom, "outbound"> => {
    const messages = () =>
      bot.discord.messages(channel).filter(({ author }) => author.id === bot.discord.bot.id);
    return {
      texts: () => messages().map(({ content }) => content),
      buttons: () => buttonsOf(messages().at(-1)!).map(({ label }) => String(label)),
      files: () =>
        messages()
          .at(-1)!
          .files.map(({ name }) => name),
      pings: () => messages().flatMap(({ pings }) => pings).length,
      vanish: () => bot.discord.remove(messages().at(-1)!),
    };
  };
  const place = (): Channel => {
    const { discord } = bot;
    return discord.channel(discord.guild("Mill", [discord.person("Ann")]), "general");
  };
  const sendable = async (channel: Channel) => {
    const found = await bot.connection.client()!.channels.fetch(channel.id);
    if (!found?.isSendable()) throw new Error("no channel to send to");
    return found;
  };

  outboundContract("a channel", async () => {
    const channel = place();
    const outbound = outboundTo(outward(), { channel: await sendable(channel), voice: "en" });
    return { outbound, ...seen(channel) };
  });

  outboundContract("a thread", async () => {
    const parent = place();
    const channel = bot.discord.thread(parent, "talk", bot.discord.person("Ann"));
    const outbound = outboundTo(outward(), { channel: await sendable(channel), voice: "en" });
    return { outbound, ...seen(channel) };
  });

  outboundContract("a private chat", async () => {
    const channel = bot.discord.privateChat(bot.discord.person(`Ann ${bot.discord.clock.id()}`));
    const outbound = outboundTo(outward(), { channel: await sendable(channel), voice: "en" });
    return { outbound, ...seen(channel) };
  });

  test("the only answer to a message is there once, also when it is sent again after a kill", async () => {
    const { discord } = bot;
    const ann = discord.person("Ann");
    const channel = discord.channel(discord.guild("Mill", [ann]), "general");
    const question = ann.says(channel, "?");
    const answer = async (isOnlyAnswer: boolean) => {
      const target = { channel: await sendable(channel), voice: "en", isOnlyAnswer } as const;
      return outboundTo(outward(), { ...target, replyTo: question.id }).send({ text: "pong" });
    };
    const [first, second] = [await answer(true), await answer(true)];
    assert.equal(first, second);
    assert.notEqual(await answer(false), first);
    const own = discord.messages(channel).filter(({ author }) => author.id === discord.bot.id);
    assert.equal(own.length, 2);
  });

  test("a voice message goes out as Discord draws it", async () => {
    const channel = bot.discord.privateChat(bot.discord.person("Vera"));
    const outbound = outboundTo(outward(), { channel: await sendable(channel), voice: "en" });
    const { pcm } = writeWords("один два", 48_000);
    async function* sound() {
      yield { pcm, rate: 48_000 };
    }
    await outbound.speak?.(await writeVoiceMessage(sound()));
    const sent = bot.discord.messages(channel).at(-1)!;
    assert.equal(sent.flags & 8192, 8192);
    const [file] = sent.files;
    const pieces = await Array.fromAsync(
      decodeAudio({ name: file!.name, bytes: file!.bytes }, { seconds: 60, time: 20_000 }),
    );
    const heard = Int16Array.from(pieces.flatMap((piece) => [...piece]));
    assert.equal(
      (await modemSpeechToText.transcribe(heard, { language: "auto" })).text,
      "один два",
    );
  });

  for (const isPersonal of [false, true])
    outboundContract(isPersonal ? "a personal interaction" : "an interaction", async () => {
      const channel = place();
      const client = bot.connection.client()!;
      const deferred = Promise.withResolvers<OutboundRoom["outbound"]>();
      client.removeAllListeners("interactionCreate");
      client.once("interactionCreate", (interaction) => {
        if (!interaction.isRepliable()) return;
        void interaction
          .deferReply(isPersonal ? { flags: 64 } : {})
          .then(() =>
            deferred.resolve(
              interactionOutbound(outward(), interaction, { voice: "en", isPersonal }),
            ),
          );
      });
      bot.discord.person("Ann").slash(channel, "hi");
      return { outbound: await deferred.promise, ...seen(channel) };
    });
});
