import { asApprenticeError, type ApprenticeError } from "../core/errors.ts";
import type { Encoder, InstantEncoder } from "./encoder.ts";

/** So many vectors are held; the oldest go first. */
const mostHeld = 16_384;
/** So many texts are handed to an engine together. */
const batchSize = 64;

export type PreparedOptions = {
  /** What compares single words, which come by the hundred with each question. */
  readonly words: Pick<InstantEncoder, "wordOf">;
  /** Lets go of what the engine itself holds. */
  readonly release?: () => void;
};

/**
 * Lets recall use an encoder that one has to wait for: what was prepared is there at once, and all
 * else has no vector.
 */
export function prepareEncoder(
  encoder: Encoder,
  { words, release = () => {} }: PreparedOptions,
): InstantEncoder {
  const { id, dimensions, languages } = encoder;
  const held = new Map<string, Int8Array>();
  const underway = new Map<string, Promise<void>>();
  let problem: ApprenticeError | undefined;

  const remember = (text: string, vector: Int8Array): void => {
    held.delete(text);
    held.set(text, vector);
    if (held.size <= mostHeld) return;
    for (const oldest of held.keys()) {
      held.delete(oldest);
      if (held.size <= mostHeld) return;
    }
  };

  async function encode(texts: readonly string[], signal?: AbortSignal): Promise<Int8Array[]> {
    const vectors = await encoder.encode(texts, signal);
    for (const [place, text] of texts.entries()) remember(text, vectors[place]!);
    problem = undefined;
    return vectors;
  }

  /** Encodes one batch; whoever wants the same text meanwhile waits for it too. */
  async function prepareBatch(batch: readonly string[], signal?: AbortSignal): Promise<void> {
    const work = encode(batch, signal).then(() => {});
    const settled = work.catch(() => {});
    for (const text of batch) underway.set(text, settled);
    try {
      await work;
    } finally {
      for (const text of batch) underway.delete(text);
    }
  }

  return {
    id,
    dimensions,
    languages,
    isCostly: true,
    encode,
    remember,
    problem: () => problem,
    wordOf: (word) => words.wordOf(word),
    vectorOf(text) {
      const vector = held.get(text);
      return vector?.some((value) => value !== 0) ? vector : null;
    },
    async prepare(texts, signal) {
      signal?.throwIfAborted();
      const wanted = [...new Set(texts)].filter((text) => !held.has(text));
      const others = wanted.flatMap((text) => underway.get(text) ?? []);
      const mine = wanted.filter((text) => !underway.has(text));
      try {
        for (let start = 0; start < mine.length; start += batchSize)
          await prepareBatch(mine.slice(start, start + batchSize), signal);
        await Promise.all(others);
      } catch (thrown) {
        signal?.throwIfAborted();
        problem = asApprenticeError(thrown);
      }
    },
    release() {
      held.clear();
      release();
    },
  };
}
