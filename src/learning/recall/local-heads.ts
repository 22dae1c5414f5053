import { withRoom } from "./typed-arrays.ts";
import { VectorValues } from "./vector-values.ts";
import type { SparseVector } from "./vocabulary.ts";

/** A linear classifier of one answer that knows the features alone that matter most to it. */
export type LocalHead = {
  /** Ascending. */
  readonly features: Int32Array;
  /** In units of `scale`. */
  readonly weights: Int8Array;
  readonly scale: number;
  readonly bias: number;
};

/** The heads of all answers one after the other; those of answer a end where a + 1 starts. */
export type PackedLocalHeads = {
  readonly starts: Uint32Array;
  readonly features: Int32Array;
  readonly weights: Int8Array;
  /** 0 for an answer without a head. */
  readonly scales: Float32Array;
  readonly biases: Float32Array;
};

/** Classifiers for so many answers that one row of weights per answer and feature has no room. */
export class LocalHeads {
  readonly #packed: PackedLocalHeads;
  readonly #changed = new Map<number, LocalHead | undefined>();

  constructor(packed: PackedLocalHeads) {
    this.#packed = packed;
  }

  of(answer: number): LocalHead | undefined {
    if (this.#changed.has(answer)) return this.#changed.get(answer);
    const { starts, features, weights, scales, biases } = this.#packed;
    const scale = scales[answer] ?? 0;
    if (scale === 0) return undefined;
    const [from, to] = [starts[answer]!, starts[answer + 1]!];
    return {
      features: features.subarray(from, to),
      weights: weights.subarray(from, to),
      scale,
      bias: biases[answer]!,
    };
  }

  /** Replaces a head; `undefined` takes it away. */
  set(answer: number, head: LocalHead | undefined): void {
    this.#changed.set(answer, head);
  }

  /** The heads of the first `answers` answers. */
  pack(answers: number): PackedLocalHeads {
    return packHeads(answers, (answer) => this.of(answer));
  }
}

/** Puts heads one after the other. */
export function packHeads(
  answers: number,
  headOf: (answer: number) => LocalHead | undefined,
): PackedLocalHeads {
  const starts = new Uint32Array(answers + 1);
  const scales = new Float32Array(answers);
  const biases = new Float32Array(answers);
  let features = new Int32Array(0);
  let weights = new Int8Array(0);
  for (let answer = 0; answer < answers; answer++) {
    const head = headOf(answer);
    const from = starts[answer]!;
    const to = from + (head?.features.length ?? 0);
    starts[answer + 1] = to;
    if (!head) continue;
    features = withRoom(features, to);
    weights = withRoom(weights, to);
    features.set(head.features, from);
    weights.set(head.weights, from);
    scales[answer] = head.scale;
    biases[answer] = head.bias;
  }
  const end = starts[answers]!;
  return {
    starts,
    features: features.slice(0, end),
    weights: weights.slice(0, end),
    scales,
    biases,
  };
}

/** Tells the scores of heads for one prompt: above 0 leans to yes, +1 and -1 are the margins. */
export function scoreBy(vector: SparseVector): (head: LocalHead) => number {
  const values = new VectorValues(vector);
  return ({ features, weights, scale, bias }) => {
    let sum = 0;
    for (let at = 0; at < features.length; at++) sum += values.of(features[at]!) * weights[at]!;
    return bias + sum * scale;
  };
}
