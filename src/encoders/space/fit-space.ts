import { setImmediate } from "node:timers/promises";
import { readFileSync } from "node:fs";
import { elapsed } from "../../core/clock.ts";
import { lengthOf, type Space } from "./space.ts";

/** An engine that gives a model's own vectors. Rejects with `encoder-*`. */
export type RawEncode = (
  texts: readonly string[],
  signal?: AbortSignal,
) => Promise<readonly ArrayLike<number>[]>;

const mostDimensions = 256;
/** Orthogonal iteration (Golub and Van Loan, "Matrix Computations", 8.2.4) is close after so many rounds. */
const rounds = 12;
const batchSize = 64;
/** Milliseconds after which others get a turn. */
const longestTurn = 25;

type Texts = {
  readonly en: readonly string[];
  readonly ru: readonly string[];
  readonly enWords: string;
  readonly ruWords: string;
};

/**
 * Finds the centre and the axes of a model from texts of both languages that come with the package.
 * The same model gives the same space.
 */
export async function fitSpace(
  encode: RawEncode,
  options: {
    readonly signal?: AbortSignal;
    readonly progress?: (done: number, of: number) => void;
  } = {},
): Promise<Space> {
  const { signal, progress } = options;
  const file = new URL("./texts.json", import.meta.url);
  const texts = JSON.parse(readFileSync(file, "utf8")) as Texts;
  const words = [...texts.enWords.split(" "), ...texts.ruWords.split(" ")];
  const all = [...texts.en, ...texts.ru, ...words];
  const vectors: Float64Array[] = [];
  for (let start = 0; start < all.length; start += batchSize) {
    for (const raw of await encode(all.slice(start, start + batchSize), signal)) {
      const length = lengthOf(raw);
      vectors.push(Float64Array.from(raw, (value) => value / length));
    }
    progress?.(vectors.length, all.length);
  }
  const rawDimensions = vectors[0]!.length;
  const dimensions = Math.min(mostDimensions, rawDimensions);
  const sentences = { en: texts.en.length, ru: texts.en.length + texts.ru.length };
  const centre = middleOf(
    meanOf(vectors.slice(0, sentences.en)),
    meanOf(vectors.slice(sentences.en, sentences.ru)),
  );
  for (const vector of vectors)
    for (let at = 0; at < rawDimensions; at++) vector[at]! -= centre[at]!;
  const breathe = createBreath(signal);
  const spread = await spreadOf(vectors, rawDimensions, breathe);
  const axes = await widestAxes(spread, rawDimensions, dimensions, breathe);
  return {
    rawDimensions,
    dimensions,
    centre: Float32Array.from(centre),
    axes: Float32Array.from(axes),
  };
}

function createBreath(signal: AbortSignal | undefined): () => Promise<void> {
  let last = elapsed();
  return async () => {
    if (elapsed() - last < longestTurn) return;
    await setImmediate();
    signal?.throwIfAborted();
    last = elapsed();
  };
}

function meanOf(vectors: readonly Float64Array[]): Float64Array {
  const mean = new Float64Array(vectors[0]!.length);
  for (const vector of vectors)
    for (let at = 0; at < mean.length; at++) mean[at]! += vector[at]! / vectors.length;
  return mean;
}

const middleOf = (left: Float64Array, right: Float64Array): Float64Array =>
  left.map((value, at) => (value + right[at]!) / 2);

/** The sums of products of all pairs of dimensions. */
async function spreadOf(
  vectors: readonly Float64Array[],
  size: number,
  breathe: () => Promise<void>,
): Promise<Float64Array> {
  const spread = new Float64Array(size * size);
  for (const vector of vectors) {
    for (let row = 0; row < size; row++) {
      const factor = vector[row]!;
      const start = row * size;
      for (let column = 0; column < size; column++)
        spread[start + column]! += factor * vector[column]!;
    }
    await breathe();
  }
  return spread;
}

async function widestAxes(
  spread: Float64Array,
  size: number,
  count: number,
  breathe: () => Promise<void>,
): Promise<Float64Array> {
  let axes = new Float64Array(count * size);
  if (count === size) {
    for (let axis = 0; axis < count; axis++) axes[axis * size + axis] = 1;
    return axes;
  }
  // Any start that is not at right angles to the answer does; this one is the same every time.
  for (let at = 0; at < axes.length; at++)
    axes[at] = (Math.sin((at + 1) * 12.9898) * 43_758.5453) % 1;
  for (let round = 0; round < rounds; round++) {
    const next = new Float64Array(axes.length);
    for (let axis = 0; axis < count; axis++) {
      const own = axes.subarray(axis * size, (axis + 1) * size);
      for (let row = 0; row < size; row++) {
        const start = row * size;
        let sum = 0;
        for (let column = 0; column < size; column++) sum += spread[start + column]! * own[column]!;
        next[axis * size + row] = sum;
      }
      await breathe();
    }
    await straighten(next, size, count, breathe);
    axes = next;
  }
  return axes;
}

/** Puts the axes at right angles to each other, each of unit length (modified Gram and Schmidt). */
async function straighten(
  axes: Float64Array,
  size: number,
  count: number,
  breathe: () => Promise<void>,
): Promise<void> {
  for (let axis = 0; axis < count; axis++) {
    const own = axes.subarray(axis * size, (axis + 1) * size);
    // Twice, since once leaves rounding errors of axes that were nearly the same.
    for (let pass = 0; pass < 2; pass++)
      for (let before = 0; before < axis; before++) {
        const other = axes.subarray(before * size, (before + 1) * size);
        let sum = 0;
        for (let at = 0; at < size; at++) sum += own[at]! * other[at]!;
        for (let at = 0; at < size; at++) own[at]! -= sum * other[at]!;
      }
    const length = lengthOf(own);
    for (let at = 0; at < size; at++) own[at]! /= length;
    await breathe();
  }
}
