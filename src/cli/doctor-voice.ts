import { openSpeech } from "../compose-speech.ts";
import type { Config } from "../config.ts";
import type { StatusLine } from "../commands/context.ts";
import { asApprenticeError } from "../core/errors.ts";
import { testHearing, testSpeaking, testVoiceLoop } from "../speech/self-test.ts";
import { on, problem } from "../status.ts";
import { sayError, type Voice } from "../texts/say.ts";

/**
 * The whole loop by voice on this machine, then the engines that are set up: each speaks a sentence,
 * and understands what was spoken. Every stage with its time.
 */
export async function examineVoice(
  config: Config,
  voice: Voice,
  signal: AbortSignal,
): Promise<StatusLine[]> {
  const lines: StatusLine[] = [];
  const step = async (part: string, work: () => Promise<StatusLine>): Promise<void> => {
    lines.push(
      await work().catch((thrown: unknown) => {
        const reason = sayError(voice, asApprenticeError(thrown));
        return problem(part, "status.speech-problem", { reason });
      }),
    );
  };
  await step("voice-loop", async () => {
    const { voiceSettings } = openSpeech(config);
    return on("voice-loop", "status.voice-loop", await testVoiceLoop(voiceSettings));
  });
  const { stt, tts, voiceSettings } = openSpeech(config);
  const language = voiceSettings.language.startsWith("en") ? "en" : "ru";
  let spoken: Int16Array | undefined;
  if (tts)
    await step("speaking-test", async () => {
      const { pcm, ...times } = await testSpeaking(tts, language, voiceSettings.voice, signal);
      spoken = pcm;
      return on("speaking-test", "status.speaking-test", { name: tts.name, ...times });
    });
  if (stt && spoken) {
    const pcm = spoken;
    await step("hearing-test", async () => {
      const { text, whole } = await testHearing(stt, pcm, voiceSettings.language, signal);
      return on("hearing-test", "status.hearing-test", { name: stt.name, text, whole });
    });
  }
  return lines;
}
