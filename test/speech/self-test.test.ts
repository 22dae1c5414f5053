import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { readConfig } from "../../src/config.ts";
import { examineVoice } from "../../src/cli/doctor-voice.ts";
import { testVoiceLoop } from "../../src/speech/self-test.ts";
import { startSpeechDouble, type SpeechDouble } from "../doubles/openai/speech-server.ts";
import { createSimulatedClock } from "./simulated-clock.ts";
import { usualSettings } from "./simulated-room.ts";

test("the loop through this machine is whole, stage by stage", async () => {
  const clock = createSimulatedClock();
  let isOver = false;
  const testing = testVoiceLoop(usualSettings, clock).finally(() => (isOver = true));
  while (!isOver) await clock.pass(20);
  const { understood, firstSound, whole } = await testing;
  assert.ok(understood > 0 && understood <= firstSound && firstSound < whole);
});

describe("doctor --voice", () => {
  let double: SpeechDouble;
  before(async () => {
    double = await startSpeechDouble();
  });
  after(() => double.close());

  test("lets the engines that are set up speak and understand, and tells which one fails", async () => {
    const { config } = readConfig("/nowhere", {
      APPRENTICE_SPEECH_STT_URL: double.url,
      APPRENTICE_SPEECH_TTS_URL: double.url,
      APPRENTICE_SPEECH_RETRIES: "0",
    });
    const signal = new AbortController().signal;
    const lines = await examineVoice(config, "en", signal);
    assert.deepEqual(
      lines.map(({ part, state }) => [part, state]),
      [
        ["voice-loop", "on"],
        ["speaking-test", "on"],
        ["hearing-test", "on"],
      ],
    );
    assert.equal(lines[2]?.values?.["text"], "Здравствуйте! Я слушаю сам себя.");
    double.fail({ kind: "status", status: 404 });
    const [, speaking] = await examineVoice(config, "en", signal);
    assert.equal(speaking?.state, "problem");
    assert.match(String(speaking?.values?.["reason"]), /404/);
  });
});
