import { VectorValues } from "./vector-values.ts";
import type { SparseVector } from "./vocabulary.ts";

/** Tells the cosine of a vector with others. */
export function cosineTo(vector: SparseVector): (other: SparseVector) => number {
  const own = new VectorValues(vector);
  return ({ features, values }) => {
    let sum = 0;
    for (let at = 0; at < features.length; at++) sum += own.of(features[at]!) * values[at]!;
    return Math.min(1, Math.max(0, sum));
  };
}
