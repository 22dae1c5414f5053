import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { ChatEvent } from "../../src/core/chat.ts";
import { asInteger } from "../../src/speech/samples.ts";
import { writeVoiceMessage } from "../../src/speech/codecs/ogg-opus.ts";
import { writeWav } from "../../src/speech/codecs/wav.ts";
import { writeWords } from "../../src/speech/modem/write-words.ts";
import { startSpeechDouble, type SpeechDouble } from "../doubles/openai/speech-server.ts";
import { runApp, type RunningApp } from "../running-app.ts";

type File = { name: string; mediaType: string; bytes: Uint8Array };

async function* whole(text: string) {
  yield { pcm: writeWords(text, 48_000).pcm, rate: 48_000 };
}
const voiceMessage = async (text: string, name = "voice-message.ogg"): Promise<File> => ({
  name,
  mediaType: "audio/ogg",
  bytes: (await writeVoiceMessage(whole(text))).bytes,
});
const kinds = (events: readonly ChatEvent[]): string[] => [
  ...new Set(events.map(({ kind }) => kind)),
];
const heard = (events: readonly ChatEvent[]): string[] =>
  events.flatMap((event) => (event.kind === "heard" ? [event.text] : []));

describe("sound files in a chat", () => {
  let double: SpeechDouble;
  let bot: RunningApp;
  before(async () => {
    double = await startSpeechDouble();
    bot = await runApp({
      APPRENTICE_SPEECH_STT_URL: double.url,
      APPRENTICE_SPEECH_TTS_ENGINE: "none",
      APPRENTICE_SPEECH_FILE_MINUTES: "1",
      APPRENTICE_SPEECH_RETRIES: "0",
    });
    await bot.say('!teach "когда вы открыты" "С десяти до шести."');
  });
  after(async () => {
    await bot.close();
    await double.close();
  });

  test("a voice message is shown as text and answered", async () => {
    const events = await bot.say("", { files: [await voiceMessage("когда вы открыты")] });
    assert.deepEqual(heard(events), ["когда вы открыты"]);
    const last = events.at(-1);
    assert.ok(last?.kind === "done" && last.answer.text === "С десяти до шести.");
    assert.equal(double.requests.at(-1)?.["language"], "ru");
    assert.deepEqual(double.complaints, []);
    const [turn] = await bot.app.turns.list("web:local", "web:chat", { limit: 1 });
    assert.equal(turn?.prompt, "когда вы открыты");
  });

  test("words beside a file, and several files, all count", async () => {
    const files = [await voiceMessage("раз два", "a.ogg"), await voiceMessage("три", "b.ogg")];
    const events = await bot.say("Послушай:", { files });
    assert.deepEqual(heard(events), ["раз два", "три"]);
    const turns = await bot.app.turns.list("web:local", "web:chat", { limit: 1 });
    assert.equal(turns.at(-1)?.prompt, "Послушай:\nраз два\nтри");
  });

  test("what cannot be heard is told with its reason, and never answered", async () => {
    const before = (await bot.app.turns.list("web:local", "web:chat", { limit: 50 })).length;
    const notes = new TextEncoder().encode("just my notes ".repeat(20));
    const silence = writeWav(new Int16Array(16_000), 16_000);
    const long = writeWav(new Int16Array(16_000 * 61), 16_000);
    const wrong: readonly [File, string][] = [
      [{ name: "notes.ogg", mediaType: "audio/ogg", bytes: notes }, "audio-format"],
      [{ name: "silence.wav", mediaType: "audio/wav", bytes: silence }, "hearing-nothing"],
      [{ name: "long.wav", mediaType: "audio/wav", bytes: long }, "audio-too-long"],
    ];
    for (const [file, code] of wrong) {
      const events = await bot.say("", { files: [file] });
      assert.deepEqual(kinds(events), ["error"], file.name);
      const [error] = events;
      assert.ok(error?.kind === "error" && error.code === code, file.name);
      assert.ok(error.text.includes(file.name), error.text);
    }
    double.fail({ kind: "status", status: 500 });
    const [down] = await bot.say("", { files: [await voiceMessage("раз")] });
    assert.ok(down?.kind === "error" && down.code === "speech-refused");
    const after = (await bot.app.turns.list("web:local", "web:chat", { limit: 50 })).length;
    assert.equal(after, before);
  });

  test("one bad file spoils neither the others nor the words", async () => {
    const notes = new TextEncoder().encode("just my notes ".repeat(20));
    const files = [
      { name: "notes.ogg", mediaType: "audio/ogg", bytes: notes },
      await voiceMessage("когда вы открыты"),
    ];
    const events = await bot.say("", { files });
    assert.deepEqual(kinds(events), ["error", "heard", "delta", "done"]);
  });

  test("a minute and more is understood in parts, cut between words", async () => {
    const bot = await runApp({
      APPRENTICE_SPEECH_STT_URL: double.url,
      APPRENTICE_SPEECH_TTS_ENGINE: "none",
    });
    const words = Array.from({ length: 40 }, (_, index) => `слово${index}`);
    // A pause after each word, so that it takes more than a minute.
    const pcm = words.flatMap((word) => [
      ...asInteger(writeWords(`${word} `, 16_000).pcm),
      ...new Int16Array(20_000),
    ]);
    const bytes = writeWav(Int16Array.from(pcm), 16_000);
    const asked = double.requests.length;
    const events = await bot.say("", {
      files: [{ name: "long.wav", mediaType: "audio/wav", bytes }],
    });
    assert.equal(heard(events)[0]?.replaceAll(/\s+/g, " "), words.join(" "));
    assert.ok(double.requests.length - asked >= 2);
    await bot.close();
  });

  test("without a recogniser it says so", async () => {
    const deaf = await runApp({ APPRENTICE_SPEECH_STT_ENGINE: "none" });
    const [error] = await deaf.say("", { files: [await voiceMessage("раз")], language: "ru" });
    assert.ok(error?.kind === "error" && error.code === "hearing-off");
    assert.match(error.text, /speech\.stt/);
    await deaf.close();
  });
});
