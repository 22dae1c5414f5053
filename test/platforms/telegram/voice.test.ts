import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { startSpeechDouble, type SpeechDouble } from "../../doubles/openai/speech-server.ts";
import { writeWav } from "../../../src/speech/codecs/wav.ts";
import { runTelegram, type RunningTelegram } from "./running-telegram.ts";
import { spokenWords, wordsIn } from "./spoken.ts";

describe("voice messages in Telegram", () => {
  let speech: SpeechDouble;
  let bot: RunningTelegram;
  before(async () => {
    speech = await startSpeechDouble();
    bot = await runTelegram({
      environment: {
        APPRENTICE_SPEECH_STT_URL: speech.url,
        APPRENTICE_SPEECH_TTS_URL: speech.url,
        APPRENTICE_SPEECH_FILE_MINUTES: "1",
        APPRENTICE_SPEECH_RETRIES: "0",
      },
    });
  });
  after(async () => {
    await bot.close();
    await speech.close();
  });
  const voiceIn = async (chatId: number): Promise<string> => {
    const { message } = await bot.double.sees(
      "message",
      (sent) => sent.message.chat.id === chatId && sent.message.voice !== undefined,
    );
    const { bytes } = bot.double.world.files.get(message.voice?.file_id ?? "")!;
    return wordsIn(bytes);
  };

  test("a voice message is shown as text, and answered in text and voice", async () => {
    const { double } = bot;
    const anna = double.person("Анна", { language: "ru" });
    anna.writes(anna.privately, "/teach когда вы открыты => С десяти до шести.");
    await double.reads(anna.privately, /Запомнил/);
    anna.sendsVoice(anna.privately, {
      name: "voice.ogg",
      bytes: await spokenWords("когда вы открыты"),
      seconds: 3,
    });
    await double.reads(anna.privately, /^🎙 когда вы открыты$/);
    await double.reads(anna.privately, /^С десяти до шести\.$/);
    assert.equal(await voiceIn(anna.user.id), "С десяти до шести.");
    const [turn] = await bot.app.turns.list(
      `telegram:${anna.user.id}`,
      `telegram:${anna.user.id}`,
      { limit: 1 },
    );
    assert.equal(turn?.prompt, "когда вы открыты");
    assert.deepEqual(speech.complaints, []);
  });

  test("what was typed is answered in text alone", async () => {
    const { double } = bot;
    const anna = double.person("Анна", { language: "ru" });
    const sent = double.calls.length;
    anna.writes(anna.privately, "а сегодня?");
    await double.reads(anna.privately, /не знаю/);
    anna.writes(anna.privately, "/hi");
    await double.reads(anna.privately, /Привет/);
    assert.ok(!double.calls.slice(sent).some(({ method }) => method === "sendVoice"));
  });

  test("too long, empty, or no sound at all: the person is told, and the model never hears of it", async () => {
    const { double } = bot;
    const anna = double.person("Анна", { language: "ru" });
    const hour = writeWav(new Int16Array(16_000 * 61), 16_000);
    anna.sendsVoice(anna.privately, { name: "v", bytes: hour, seconds: 3_600 });
    await double.reads(anna.privately, /voice\.ogg длится 2 мин.*не больше 1/);
    const notes = new TextEncoder().encode("just notes");
    anna.sendsVoice(anna.privately, { name: "v", bytes: notes, seconds: 1 });
    await double.reads(anna.privately, /voice\.ogg/);
    speech.fail({ kind: "status", status: 503 });
    anna.sendsVoice(anna.privately, { name: "v", bytes: await spokenWords("раз"), seconds: 1 });
    await double.reads(anna.privately, /voice\.ogg|503|распозна/);
    const turns = await bot.app.turns.list(`telegram:${anna.user.id}`, `telegram:${anna.user.id}`, {
      limit: 9,
      unanswered: true,
    });
    assert.deepEqual(turns, []);
  });

  test("a voice that fails leaves the text, and says so", async () => {
    const { double } = bot;
    const anna = double.person("Анна", { language: "ru" });
    // The first request, to understand, is answered in another form; the second, to speak, fails.
    speech.fail({ kind: "plain" }, { kind: "status", status: 500 });
    anna.sendsVoice(anna.privately, {
      name: "v",
      bytes: await spokenWords("неизвестно"),
      seconds: 1,
    });
    await double.reads(anna.privately, /🎙 неизвестно/);
    await double.reads(anna.privately, /не знаю/);
    await double.reads(anna.privately, /500/);
  });
});
