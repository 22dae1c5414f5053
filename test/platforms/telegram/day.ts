import assert from "node:assert/strict";
import { startSpeechDouble } from "../../doubles/openai/speech-server.ts";
import { createChatLog } from "../../doubles/telegram/chat-log.ts";
import { runTelegram } from "./running-telegram.ts";
import { spokenWords, wordsIn } from "./spoken.ts";

/** A day in a loopback Telegram, told line by line. Fails when the bot does not do what it should. */
export async function runDay(tell: (line: string) => void): Promise<void> {
  const speech = await startSpeechDouble();
  const bot = await runTelegram({
    double: { watch: createChatLog(tell) },
    environment: {
      APPRENTICE_SPEECH_STT_URL: speech.url,
      APPRENTICE_SPEECH_TTS_URL: speech.url,
      APPRENTICE_PRIVACY_OPERATOR: "Старая мельница, hello@example.org",
    },
  });
  const { double } = bot;
  const [anna, boris, olga] = ["Анна", "Boris", "Ольга"].map((name, place) =>
    double.person(name, { language: place === 1 ? "en" : "ru" }),
  ) as [
    ReturnType<typeof double.person>,
    ReturnType<typeof double.person>,
    ReturnType<typeof double.person>,
  ];
  try {
    await privately();
    await together();
    await rights();
  } finally {
    await bot.close();
    await speech.close();
  }

  /** A private chat in Russian: text, a correction, a document, a voice message. */
  async function privately(): Promise<void> {
    const chat = anna.privately;
    anna.writes(chat, "/start");
    await double.reads(chat, /Привет/);
    anna.writes(chat, "Во сколько вы открываетесь?");
    const unknown = await double.reads(chat, /не знаю/);
    anna.presses(unknown, "Научить");
    const asking = await double.reads(chat, /правильным ответом/);
    anna.writes(chat, "В девять, каждый день.", { replyTo: asking });
    await double.reads(chat, /Запомнил: на/);
    anna.writes(chat, "во сколько открываетесь");
    const answer = await double.reads(chat, /^В девять, каждый день\.$/);
    anna.writes(chat, "/correct С мая — **в десять**.", { replyTo: answer });
    await double.reads(chat, /Запомнил: на/);
    // The other question keeps its answer: nobody said that it changed there too.
    anna.writes(chat, "Во сколько вы открываетесь?");
    await double.reads(chat, /^В девять, каждый день\.$/);
    anna.writes(chat, "Во сколько открываетесь?");
    const corrected = await double.reads(chat, /^С мая — в десять\.$/);
    anna.presses(corrected, "❓");
    await double.reads(chat, /слово в слово/);
    anna.sendsDocument(chat, {
      name: "мельница.csv",
      bytes: new TextEncoder().encode(
        'prompt,answer\nГде вы находитесь?,На старой мельнице.\nМожно с собакой?,"Да, на поводке."\n',
      ),
    });
    const question = await double.reads(chat, /для чего этот файл/);
    anna.presses(question, "Знания");
    anna.presses(await double.reads(chat, /Внутри 2 ответа/), "Запомнить");
    await double.reads(chat, /Запомнил 2 ответа/);
    anna.sendsVoice(chat, {
      name: "voice.ogg",
      bytes: await spokenWords("можно с собакой"),
      seconds: 3,
    });
    await double.reads(chat, /^🎙 можно с собакой$/);
    await double.reads(chat, /^Да, на поводке\.$/);
    const { message } = await double.sees("message", (sent) => sent.message.voice !== undefined);
    assert.equal(
      await wordsIn(double.world.files.get(message.voice?.file_id ?? "")!.bytes),
      "Да, на поводке.",
    );
  }

  /** A group that knows nothing of the private chat: mentions, a member's lesson, an admin's review. */
  async function together(): Promise<void> {
    const chat = double.group({
      title: "Makerspace",
      members: [boris, olga, anna],
      admins: [olga],
    });
    boris.writes(chat, "Good morning everybody!");
    boris.writes(chat, "@apprentice_bot Where is the laser cutter?");
    const unknown = await double.reads(chat, /do not know/);
    boris.writes(chat, "/correct In the back room, ask Ольга for the key.", { replyTo: unknown });
    await double.reads(chat, /waits for a trainer's review/);
    boris.writes(chat, "@apprentice_bot where is the laser cutter");
    await double.reads(chat, /do not know/);
    olga.writes(chat, "/review");
    await double.reads(chat, /ждёт 1 запись/);
    const item = await double.reads(chat, /laser cutter/);
    boris.presses(item, "✅");
    await double.sees("notice", ({ alert }) => alert);
    olga.presses(item, "✅");
    await double.reads(chat, /Принято|Одобрено/);
    boris.writes(chat, "@apprentice_bot where is the laser cutter");
    const answer = await double.reads(chat, /^In the back room/);
    boris.presses(answer, "👍");
    await double.sees("notice", ({ text }) => text.startsWith("Thank you"));
    anna.writes(chat, "@apprentice_bot Во сколько вы открываетесь?");
    await double.reads(chat, /не знаю/);
    const larger = double.migrate(chat);
    boris.writes(larger, "@apprentice_bot Where is the laser cutter?");
    await double.reads(larger, /^In the back room/);
  }

  /** What Telegram asks of every bot. */
  async function rights(): Promise<void> {
    anna.writes(anna.privately, "/privacy");
    await double.reads(anna.privately, /hello@example\.org/);
    anna.writes(anna.privately, "/mydata");
    const counts = await double.reads(anna.privately, /Вот сколько я храню/);
    anna.presses(counts, "Забыть меня");
    const sure = await double.reads(anna.privately, /Забыть вас здесь навсегда/);
    anna.presses(sure, "Забыть меня");
    await double.reads(anna.privately, /Забыто навсегда/);
    anna.writes(anna.privately, "Во сколько вы открываетесь?");
    await double.reads(anna.privately, /не знаю/);
  }
}
