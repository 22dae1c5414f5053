import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { WebSocket } from "ws";
import { openApp } from "../../src/compose.ts";
import type { App } from "../../src/app.ts";
import { openConsole } from "../../src/compose-console.ts";
import { readConfig } from "../../src/config.ts";
import { silentLog } from "../../src/core/log.ts";
import type { VoiceLineEvent } from "../../src/core/voice-line.ts";
import { createResampler } from "../../src/speech/codecs/resample.ts";
import { modemSpeechToText } from "../../src/speech/modem/modem-engines.ts";
import { writeWords } from "../../src/speech/modem/write-words.ts";
import { asFloat, asInteger } from "../../src/speech/samples.ts";
import type { Console } from "../../src/console/server.ts";

import { startOpenAiDouble, type OpenAiDouble } from "../doubles/openai/server.ts";

const token = "a-token-for-talking";

/** A page that talks, without a browser: sound and events over the WebSocket. */
class Talker {
  readonly events: VoiceLineEvent[] = [];
  readonly #frames: Float32Array[] = [];
  readonly socket: WebSocket;

  constructor(url: string, headers: Record<string, string> = { authorization: `Bearer ${token}` }) {
    this.socket = new WebSocket(url, { headers });
    this.socket.on("message", (data: Buffer, isBinary: boolean) => {
      if (!isBinary) return void this.events.push(JSON.parse(data.toString()) as VoiceLineEvent);
      this.#frames.push(asFloat(new Int16Array(Uint8Array.from(data).buffer)));
    });
  }

  async until<Kind extends VoiceLineEvent["kind"]>(kind: Kind, count = 1): Promise<void> {
    while (this.events.filter((event) => event.kind === kind).length < count) {
      await once(this.socket, "message");
    }
  }

  async say(text: string): Promise<void> {
    const pcm = asInteger(writeWords(text, 16_000).pcm);
    for (let at = 0; at < pcm.length; at += 320) {
      const frame = new Int16Array(320);
      frame.set(pcm.subarray(at, at + 320));
      this.socket.send(Buffer.from(frame.buffer));
      await delay(20);
    }
  }

  /** What a person at the loudspeaker understood since the last call. */
  async heard(): Promise<string> {
    const resampler = createResampler(48_000, 16_000);
    const pcm = [
      ...this.#frames.splice(0).map((frame) => resampler.push(frame)),
      resampler.flush(),
    ];
    const all = asInteger(Float32Array.from(pcm.flatMap((piece) => [...piece])));
    return (await modemSpeechToText.transcribe(all, { language: "auto" })).text;
  }
}

describe("talking with the console", () => {
  let folder: string;
  let app: App;
  let web: Console;
  let model: OpenAiDouble;
  /** Told when a language model is asked. */
  let onAsked = (): void => {};
  let url: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "apprentice-talk-"));
    model = await startOpenAiDouble(({ messages }) => {
      onAsked();
      return ["Ты сказал: ", messages.at(-1)!.content];
    });
    const { config } = readConfig(folder, {
      APPRENTICE_MODEL_PROVIDER: "openai-compatible",
      APPRENTICE_MODEL_URL: model.url,
      APPRENTICE_MODEL_NAME: "echo",
      APPRENTICE_SPEECH_SHORTEST_PAUSE_MS: "1000",
      APPRENTICE_CONSOLE_PORT: "0",
      APPRENTICE_SPEECH_STT_ENGINE: "modem",
      APPRENTICE_SPEECH_TTS_ENGINE: "modem",
    });
    app = await openApp(config, silentLog);
    web = openConsole(app, token);
    const { port } = await web.start();
    url = `ws://127.0.0.1:${port}/api/voice`;
    const teacher = {
      workspace: "web:local",
      person: { id: "web:local", name: "Admin", role: "admin" as const },
      origin: "console" as const,
    };
    await app.teaching.teach(teacher, {
      prompt: "когда открыто",
      answer: "С десяти до шести.",
      label: "positive",
    });
  });
  after(async () => {
    await model.close();
    await web.stop();
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });

  test("what is said is shown, answered, spoken and kept as heard", async () => {
    const talker = new Talker(url);
    await talker.until("ready");
    await talker.say("когда открыто");
    await talker.until("heard");
    assert.deepEqual(
      talker.events
        .filter(({ kind }) => kind === "said")
        .map((event) => "text" in event && event.text),
      ["когда открыто"],
    );
    assert.equal(await talker.heard(), "С десяти до шести.");
    const done = talker.events.find(
      (event) => event.kind === "chat" && event.event.kind === "done",
    );
    assert.ok(done);
    talker.socket.close();
  });

  test("a language model is asked before the pause is over, and once", async () => {
    const talker = new Talker(url);
    await talker.until("ready");
    const saidWhenAsked: boolean[] = [];
    onAsked = () => saidWhenAsked.push(talker.events.some(({ kind }) => kind === "said"));
    await talker.say("расскажи сказку");
    await talker.until("heard");
    assert.equal(await talker.heard(), "Ты сказал: расскажи сказку");
    assert.deepEqual(saidWhenAsked, [false]);
    talker.socket.close();
  });

  test("a page of another site cannot listen in, and noise is refused", async () => {
    const stranger = new Talker(url, {
      cookie: "apprentice-0=guess",
      origin: "https://evil.example",
    });
    const [error] = (await once(stranger.socket, "error")) as [Error];
    assert.match(error.message, /401|403/);
    const odd = new Talker(url);
    await odd.until("ready");
    odd.socket.send("not JSON");
    const [code] = (await once(odd.socket, "close")) as [number];
    assert.equal(code, 1003);
  });
});
