import assert from "node:assert/strict";
import { test } from "node:test";
import { ApprenticeError } from "../../src/core/errors.ts";
import type { SpeechToText } from "../../src/speech/stt/speech-to-text.ts";

/** A sentence as this engine can hear it: 16 kHz mono. */
export type Spoken = { readonly text: string; readonly pcm: Int16Array };

/** What every engine that understands speech does. */
export function speechToTextContract(
  open: () => Promise<SpeechToText>,
  spoken: readonly Spoken[],
): void {
  test("has a name, and understands what was said", async () => {
    const engine = await open();
    assert.match(engine.name, /^[a-z-]+/);
    for (const { text, pcm } of spoken) {
      assert.equal((await engine.transcribe(pcm, { language: "ru-RU" })).text, text);
    }
    await engine.close?.();
  });

  test("hears silence as silence, and nothing as nothing", async () => {
    const engine = await open();
    for (const length of [0, 16_000]) {
      const { text } = await engine.transcribe(new Int16Array(length), { language: "auto" });
      assert.equal(text, "");
    }
    await engine.close?.();
  });

  test("stops when nobody wants the words any more", async () => {
    const engine = await open();
    const signal = AbortSignal.abort();
    await assert.rejects(
      engine.transcribe(spoken[0]!.pcm, { language: "auto", signal }),
      (error) => error instanceof ApprenticeError && error.code === "cancelled",
    );
    await engine.close?.();
  });

  test("keeps people apart when it hears while they speak", async (context) => {
    const engine = await open();
    if (!engine.listen) return context.skip("this engine hears in one go");
    const listeners = spoken.map(() => engine.listen!({ language: "ru-RU" }));
    const longest = Math.max(...spoken.map(({ pcm }) => pcm.length));
    const seen = spoken.map((): string[] => []);
    for (let at = 0; at < longest; at += 320) {
      spoken.forEach(({ pcm }, index) => {
        const partial = listeners[index]!.push(pcm.subarray(at, at + 320));
        if (partial !== undefined) seen[index]!.push(partial);
      });
    }
    for (const [index, { text }] of spoken.entries()) {
      assert.equal((await listeners[index]!.finish()).text, text);
      assert.ok(seen[index]!.every((partial) => text.startsWith(partial.trim())));
      // The next words begin anew.
      assert.equal((await listeners[index]!.finish()).text, "");
      listeners[index]!.close();
    }
    await engine.close?.();
  });
}
