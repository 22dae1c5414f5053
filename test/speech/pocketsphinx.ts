import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeWav } from "../../src/speech/codecs/wav.ts";
import type { SpeechToText } from "../../src/speech/stt/speech-to-text.ts";

const program = "pocketsphinx_continuous";
const models = "/usr/share/pocketsphinx/model/en-us";

/** Why there is no acoustic check here; `false` when there is one. */
export const noPocketsphinx: string | false =
  spawnSync(program).error || !existsSync(models)
    ? "no pocketsphinx with its English model here"
    : spawnSync("espeak-ng", ["--version"]).error
      ? "no espeak-ng here"
      : false;

/**
 * A recogniser of real speech that knows only the sentences it is given (a closed grammar): no
 * dictation engine, but an honest pair of ears.
 */
export const createPocketsphinx = (sentences: readonly string[]): SpeechToText => ({
  name: "pocketsphinx",
  async transcribe(pcm) {
    const folder = await mkdtemp(join(tmpdir(), "apprentice-ears-"));
    try {
      const grammar = join(folder, "commands.gram");
      const sound = join(folder, "sound.wav");
      await writeFile(
        grammar,
        `#JSGF V1.0;\ngrammar commands;\npublic <command> = ${sentences.join(" | ")};\n`,
      );
      await writeFile(sound, writeWav(pcm, 16_000));
      const files = ["-infile", sound, "-jsgf", grammar];
      const model = ["-hmm", join(models, "en-us"), "-dict", join(models, "cmudict-en-us.dict")];
      const child = spawn(program, [...files, ...model, "-logfn", "/dev/null"], {
        stdio: ["ignore", "pipe", "ignore"],
      });
      const pieces: Buffer[] = [];
      child.stdout.on("data", (piece: Buffer) => pieces.push(piece));
      await once(child, "close");
      return { text: Buffer.concat(pieces).toString().trim().split("\n").join(" ") };
    } finally {
      await rm(folder, { recursive: true });
    }
  },
});
