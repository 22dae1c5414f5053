import assert from "node:assert/strict";
import { test } from "node:test";
import { createResampler } from "../../src/speech/codecs/resample.ts";
import { espeakTextToSpeech } from "../../src/speech/tts/espeak.ts";
import { createPocketsphinx, noPocketsphinx } from "./pocketsphinx.ts";
import { openRoom } from "./simulated-room.ts";

const sentences = [
  "start the training",
  "show the last result",
  "what is the weather today",
  "this is a bad answer",
  "save the data set",
  "leave the channel",
  "who wrote the last message",
  "switch to english",
  "open the journal",
  "thank you very much",
];

test(
  "a real voice is understood by real ears, through Opus, ears and turns of the session",
  { skip: noPocketsphinx },
  async (context) => {
    const room = await openRoom(context, {
      engines: { stt: createPocketsphinx(sentences) },
      settings: { language: "en-US" },
    });
    for (const [index, sentence] of sentences.entries()) {
      const resampler = createResampler(22_050, 48_000);
      const pcm: number[] = Array.from({ length: 24_000 }, () => 0);
      for await (const piece of espeakTextToSpeech.speak(sentence, { language: "en" }))
        pcm.push(...resampler.push(piece.pcm));
      await room.sound("ann", Float32Array.from(pcm));
      // The recogniser is a program of its own, which simulated time does not wait for.
      while (room.all("transcript").length <= index) {
        assert.ok(room.all("failed").length === 0);
        await room.clock.pass(20);
      }
      await room.untilQuiet();
      assert.equal(room.heard(), `Ты сказал: ${room.all("transcript").at(-1)?.text}`);
    }
    const understood = room.all("transcript").map(({ text }) => text);
    const right = understood.filter((text, index) => text === sentences[index]).length;
    context.diagnostic(`${right} of ${sentences.length} sentences`);
    assert.ok(right >= 9, understood.join("\n"));
  },
);
