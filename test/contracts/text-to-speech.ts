import assert from "node:assert/strict";
import { test } from "node:test";
import { ApprenticeError } from "../../src/core/errors.ts";
import type { SpokenAudio, TextToSpeech } from "../../src/speech/tts/text-to-speech.ts";

/** What every engine that speaks does. `heard` turns its sound back into words, where that is possible. */
export function textToSpeechContract(
  open: () => Promise<TextToSpeech>,
  heard?: (audio: readonly SpokenAudio[]) => Promise<string>,
): void {
  const sentences = [
    { text: "Hello, can you hear me?", language: "en" },
    { text: "Привет, как дела?", language: "ru" },
  ] as const;

  test("speaks both languages as sound of one rate", async () => {
    const engine = await open();
    assert.match(engine.name, /^[a-z-]+/);
    for (const { text, language } of sentences) {
      const audio = await Array.fromAsync(engine.speak(text, { language }));
      const rates = new Set(audio.map(({ rate }) => rate));
      assert.equal(rates.size, 1);
      const [rate = 0] = rates;
      assert.ok(rate >= 8_000 && rate <= 48_000);
      const samples = audio.flatMap(({ pcm }) => [...pcm]);
      assert.ok(samples.length > rate / 2, "a sentence lasts more than half a second");
      assert.ok(samples.every((sample) => Math.abs(sample) <= 1));
      assert.ok(
        samples.some((sample) => Math.abs(sample) > 0.05),
        "it is no silence",
      );
      if (heard) assert.equal(await heard(audio), text);
    }
    await engine.close?.();
  });

  test("tells the places of words in order, and all of the text, when it tells any", async () => {
    const engine = await open();
    const [{ text, language }] = sentences;
    const audio = await Array.fromAsync(engine.speak(text, { language }));
    const words = audio.findLast((piece) => piece.words)?.words;
    if (words) {
      assert.equal(words.map((word) => word.text).join(""), text);
      words.forEach(({ start, end }, index) => {
        assert.ok(end > start && start >= (words[index - 1]?.end ?? 0));
      });
    }
    await engine.close?.();
  });

  test("stops when nobody listens any more", async () => {
    const engine = await open();
    const signal = AbortSignal.abort();
    await assert.rejects(
      Array.fromAsync(engine.speak("Hello", { language: "en", signal })),
      (error) => error instanceof ApprenticeError && error.code === "cancelled",
    );
    await engine.close?.();
  });
}
