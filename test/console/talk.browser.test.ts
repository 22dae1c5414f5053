import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test, type TestContext } from "node:test";
import type { Page } from "playwright-core";
import { openApp } from "../../src/compose.ts";
import type { App } from "../../src/app.ts";
import { openConsole } from "../../src/compose-console.ts";
import { readConfig } from "../../src/config.ts";
import type { Console } from "../../src/console/server.ts";
import { silentLog } from "../../src/core/log.ts";
import { writeWav } from "../../src/speech/codecs/wav.ts";
import { createResampler } from "../../src/speech/codecs/resample.ts";
import { modemSpeechToText } from "../../src/speech/modem/modem-engines.ts";
import { writeWords } from "../../src/speech/modem/write-words.ts";
import { asInteger } from "../../src/speech/samples.ts";
import { launchChromium, noChromium, openPage } from "./chromium.ts";

const said = "когда открыто";
const answer = "С десяти до шести.";

/** Keeps every sample that the page gives to its loudspeaker. */
function recordLoudspeaker(): void {
  const played: number[] = [];
  Object.assign(globalThis, { played });
  const prototype = Reflect.get(globalThis, "AudioBufferSourceNode").prototype;
  const start = prototype.start;
  prototype.start = function record(...when: number[]) {
    played.push(...this.buffer.getChannelData(0));
    return start.apply(this, when);
  };
}

async function heardBy(page: Page): Promise<string> {
  const samples = await page.evaluate(() => Reflect.get(globalThis, "played") as number[]);
  const resampler = createResampler(48_000, 16_000);
  const pcm = [resampler.push(Float32Array.from(samples)), resampler.flush()];
  const all = asInteger(Float32Array.from(pcm.flatMap((piece) => [...piece])));
  return (await modemSpeechToText.transcribe(all, { language: "auto" })).text;
}

describe("talking in a browser", { skip: noChromium }, () => {
  let folder: string;
  let app: App;
  let web: Console;
  let url: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "apprentice-talk-"));
    // What the microphone hears: silence, the words, and a long silence.
    const words = writeWords(said, 48_000).pcm;
    const pcm = new Float32Array(48_000 * 30);
    pcm.set(words, 48_000);
    await writeFile(join(folder, "microphone.wav"), writeWav(asInteger(pcm), 48_000));
    const { config } = readConfig(folder, {
      APPRENTICE_CONSOLE_PORT: "0",
      APPRENTICE_SPEECH_STT_ENGINE: "modem",
      APPRENTICE_SPEECH_TTS_ENGINE: "modem",
    });
    app = await openApp(config, silentLog);
    web = openConsole(app, "a-token-for-talking");
    ({ url } = await web.start());
    await app.teaching.teach(
      {
        workspace: "web:local",
        person: { id: "web:local", name: "Admin", role: "admin" },
        origin: "console",
      },
      { prompt: said, answer, label: "positive" },
    );
  });
  after(async () => {
    await web.stop();
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });

  const open = async (context: TestContext): Promise<Page> => {
    const browser = await launchChromium([
      "--use-fake-ui-for-media-stream",
      "--use-fake-device-for-media-stream",
      `--use-file-for-fake-audio-capture=${join(folder, "microphone.wav")}%noloop`,
      "--autoplay-policy=no-user-gesture-required",
    ]);
    const { page } = await openPage(context, browser, url);
    context.after(() => browser.close());
    return page;
  };
  const lastAnswer = (page: Page) => page.locator("article").last().locator(".answer-body");

  test("speak, see the words, hear the answer", async (context) => {
    const page = await open(context);
    await page.addInitScript(recordLoudspeaker);
    await page.reload();
    await page.getByRole("button", { name: "Talk", exact: true }).click();
    await page.getByText("I am listening …").waitFor();
    await page.locator("article").getByText(said, { exact: true }).waitFor();
    await lastAnswer(page).getByText(answer).waitFor();
    await page.waitForFunction(
      () => (Reflect.get(globalThis, "played") as number[]).length > 48_000 * 0.3,
    );
    await page.waitForTimeout(2_500);
    assert.equal(await heardBy(page), answer);
    await page.getByRole("button", { name: "Stop talking", exact: true }).click();
    await page.getByRole("button", { name: "Talk", exact: true }).waitFor();
  });

  test("a recorded voice message is played, understood and answered", async (context) => {
    const page = await open(context);
    await page.getByRole("button", { name: "Record a voice message", exact: true }).click();
    await page.waitForTimeout(3_500);
    await page.getByRole("button", { name: "Send the voice message", exact: true }).click();
    await page.locator(".question-heard").getByText(said).waitFor();
    await lastAnswer(page).getByText(answer).waitFor();
    const length = await page
      .locator("audio")
      .evaluate((player) => Reflect.get(player, "readyState") as number);
    assert.ok(length >= 1, "the browser can play what was recorded");
  });
});
