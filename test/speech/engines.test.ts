import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, test } from "node:test";
import { ApprenticeError } from "../../src/core/errors.ts";
import { createResampler } from "../../src/speech/codecs/resample.ts";
import { modemSpeechToText, modemTextToSpeech } from "../../src/speech/modem/modem-engines.ts";
import { writeWords } from "../../src/speech/modem/write-words.ts";
import { asInteger } from "../../src/speech/samples.ts";
import { createHttpSpeechToText } from "../../src/speech/stt/openai-http.ts";
import { espeakTextToSpeech } from "../../src/speech/tts/espeak.ts";
import { createHttpTextToSpeech } from "../../src/speech/tts/openai-http.ts";
import { createTranslateTextToSpeech } from "../../src/speech/tts/translate-http.ts";
import type { SpokenAudio } from "../../src/speech/tts/text-to-speech.ts";
import { speechToTextContract } from "../contracts/speech-to-text.ts";
import { textToSpeechContract } from "../contracts/text-to-speech.ts";
import { startSpeechDouble, type SpeechDouble } from "../doubles/openai/speech-server.ts";

const spoken = ["Привет, как дела?", "Hello there"].map((text) => ({
  text,
  pcm: asInteger(writeWords(text, 16_000).pcm),
}));

/** What the modem understands of an engine's sound. */
async function heard(audio: readonly SpokenAudio[]): Promise<string> {
  const resampler = createResampler(audio[0]!.rate, 16_000);
  const pcm = [...audio.map((piece) => resampler.push(piece.pcm)), resampler.flush()];
  const all = asInteger(Float32Array.from(pcm.flatMap((piece) => [...piece])));
  return (await modemSpeechToText.transcribe(all, { language: "auto" })).text;
}

const failsWith = (code: string) => (error: unknown) =>
  error instanceof ApprenticeError && error.code === code;

describe("the modem hears", () => speechToTextContract(async () => modemSpeechToText, spoken));
describe("the modem speaks", () => textToSpeechContract(async () => modemTextToSpeech, heard));

describe("a server with OpenAI's audio API", () => {
  let double: SpeechDouble;
  const server = (more: { timeoutSeconds?: number; retries?: number } = {}) => ({
    url: double.url,
    apiKey: "secret",
    timeoutSeconds: 20,
    retries: 2,
    ...more,
  });
  before(async () => {
    double = await startSpeechDouble();
  });
  after(async () => {
    await double.close();
  });

  describe("hears", () =>
    speechToTextContract(async () => createHttpSpeechToText(server(), "whisper-1"), spoken));
  describe("speaks", () =>
    textToSpeechContract(async () => createHttpTextToSpeech(server(), "tts-1"), heard));

  test("is asked as the official description says, with the key", async () => {
    assert.deepEqual(double.complaints, []);
    assert.ok(double.requests.some(({ language }) => language === "ru"));
    assert.ok(
      double.requests.some((fields) => !("language" in fields)),
      "auto names no language",
    );
    assert.ok(double.keys.every((key) => key === "Bearer secret"));
  });

  test("may answer with text, with more than was asked, or with WAV", async () => {
    double.fail({ kind: "plain" }, { kind: "verbose" });
    const stt = createHttpSpeechToText(server(), "any");
    for (const _reply of ["plain", "verbose"])
      assert.equal(
        (await stt.transcribe(spoken[0]!.pcm, { language: "ru" })).text,
        spoken[0]!.text,
      );
    double.fail({ kind: "wav" });
    const tts = createHttpTextToSpeech(server(), "any");
    const audio = await Array.fromAsync(tts.speak("раз два", { language: "ru" }));
    assert.equal(await heard(audio), "раз два");
  });

  test("is tried again while it is busy, and not when it refuses", async () => {
    const stt = createHttpSpeechToText(server(), "any");
    double.fail({ kind: "status", status: 503 }, { kind: "status", status: 429 });
    assert.equal((await stt.transcribe(spoken[1]!.pcm, { language: "en" })).text, spoken[1]!.text);
    const asked = double.keys.length;
    double.fail({ kind: "status", status: 401 });
    await assert.rejects(
      stt.transcribe(spoken[1]!.pcm, { language: "en" }),
      failsWith("speech-refused"),
    );
    assert.equal(double.keys.length, asked + 1);
  });

  test("that talks nonsense, sleeps, breaks off or is not there is told as what it is", async () => {
    const stt = createHttpSpeechToText(server(), "any");
    const tts = createHttpTextToSpeech(server(), "any");
    const hear = (engine = stt) => engine.transcribe(spoken[0]!.pcm, { language: "ru" });
    const speak = (engine = tts) =>
      Array.fromAsync(engine.speak("раз два три", { language: "ru" }));
    double.fail({ kind: "nonsense" });
    await assert.rejects(hear(), failsWith("speech-garbled"));
    double.fail({ kind: "html" }, { kind: "html" });
    await assert.rejects(hear(), failsWith("speech-garbled"));
    await assert.rejects(speak(), failsWith("speech-garbled"));
    double.fail({ kind: "cut" });
    await assert.rejects(speak(), failsWith("speech-unreachable"));
    double.fail({ kind: "slow" });
    await assert.rejects(
      hear(createHttpSpeechToText(server({ timeoutSeconds: 0.1 }), "any")),
      failsWith("speech-timeout"),
    );
    const nowhere = { ...server({ retries: 0 }), url: "http://127.0.0.1:9/v1" };
    await assert.rejects(
      hear(createHttpSpeechToText(nowhere, "any")),
      failsWith("speech-unreachable"),
    );
    await assert.rejects(
      speak(createHttpTextToSpeech(nowhere, "any")),
      failsWith("speech-unreachable"),
    );
  });
});

describe("a service that speaks what stands in an address", () => {
  const asked: string[] = [];
  let service: Server;
  const engine = () => {
    const { port } = service.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/speak?text={text}&to={language}`;
    return createTranslateTextToSpeech({ url, timeoutSeconds: 20, retries: 0 });
  };
  before(async () => {
    const mp3 = readFileSync(new URL("../fixtures/audio/words.mp3", import.meta.url));
    service = createServer(({ url }, response) => {
      asked.push(url ?? "");
      response.writeHead(200, { "content-type": "audio/mpeg" }).end(mp3);
    }).listen(0, "127.0.0.1");
    await once(service, "listening");
  });
  after(() => service.close());

  textToSpeechContract(async () => engine());

  test("gets the text and the language, a long one in parts", async () => {
    asked.length = 0;
    const audio = await Array.fromAsync(engine().speak("раз & два", { language: "ru" }));
    assert.equal(await heard(audio), "раз two три");
    assert.deepEqual(asked, [`/speak?text=${encodeURIComponent("раз & два")}&to=ru`]);
    await Array.fromAsync(engine().speak("слово ".repeat(50), { language: "ru" }));
    assert.equal(asked.length, 3);
  });
});

describe("espeak-ng", () => {
  const isMissing = spawnSync("espeak-ng", ["--version"]).error !== undefined;
  if (!isMissing) textToSpeechContract(async () => espeakTextToSpeech);
  test("that is not installed is told", async (context) => {
    if (!isMissing) return context.skip("espeak-ng is installed here");
    await assert.rejects(
      Array.fromAsync(espeakTextToSpeech.speak("Hello", { language: "en" })),
      failsWith("speech-program-missing"),
    );
  });
});
