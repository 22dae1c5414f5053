import { ApprenticeError } from "../../core/errors.ts";
import { wavStart } from "../codecs/wav.ts";
import { runProgram } from "../run-program.ts";
import { asFloat } from "../samples.ts";
import type { TextToSpeech } from "./text-to-speech.ts";

const program = "espeak-ng";
/** The rate of everything it speaks, when its header is odd. */
const usualRate = 22_050;
/** No clause takes longer, in milliseconds. */
const patience = 20_000;

/**
 * The program espeak-ng, one short process for each clause: English, Russian and many more, without
 * weights. It is under the GPL and therefore never part of this process. Throws
 * `speech-program-missing`, `speech-engine-failed`.
 */
export const espeakTextToSpeech: TextToSpeech = {
  name: "espeak",
  async *speak(text, { language, voice, signal }) {
    const words = ["--stdout", "--stdin", "-b", "1", "-v", voice || language];
    const running = runProgram(program, words, { input: text, time: patience, signal });
    const chunks: Buffer[] = [];
    let next = await running.next();
    for (; !next.done; next = await running.next()) chunks.push(next.value);
    const end = next.value;
    if (end.kind === "missing") throw new ApprenticeError("speech-program-missing", { program });
    const bytes = Buffer.concat(chunks);
    const start = wavStart(bytes);
    if (end.kind === "late" || end.code !== 0 || !start) {
      const reason = end.kind === "late" ? `${patience / 1000} s` : `exit ${end.code}`;
      throw new ApprenticeError("speech-engine-failed", { engine: program, reason });
    }
    const length = (bytes.length - start.at) & ~1;
    const samples = Uint8Array.from(bytes.subarray(start.at, start.at + length));
    yield { pcm: asFloat(new Int16Array(samples.buffer)), rate: start.rate || usualRate };
  },
};
