import type { Belief } from "./evidence.ts";
import { noAnswer } from "./example-store.ts";
import type { ExampleStore } from "./example-store.ts";
import type { Neighbour } from "./best-few.ts";
import { scoreBy } from "./local-heads.ts";
import type { LocalHead } from "./local-heads.ts";
import { softmax } from "./softmax.ts";
import type { SparseVector } from "./vocabulary.ts";

/** So many of the nearest prompts name the answers whose heads are asked. */
export const localNeighbours = 50;
/** What the cosine of its nearest prompt adds to the score of a head. */
const similarityWeight = 1;
const sharpness = 4;
const candidatesKept = 8;

/** What local heads think of the answers of the nearest prompts, best first. */
export function believeLocally(
  store: ExampleStore,
  headOf: (answer: number) => LocalHead | undefined,
  vector: SparseVector,
  neighbours: readonly Neighbour[],
): Belief {
  const score = scoreBy(vector);
  const scores = new Map<number, number>();
  const met = new Set<number>();
  for (const { example, similarity } of neighbours) {
    const answer = store.answers[example]!;
    if (answer === noAnswer || store.isNegative(example) || met.has(answer)) continue;
    met.add(answer);
    const head = headOf(answer);
    if (head) scores.set(answer, score(head) + similarityWeight * similarity);
  }
  const best = [...scores].toSorted(([, left], [, right]) => right - left);
  const shares = Float64Array.from(best, ([, each]) => each * sharpness);
  softmax(shares);
  return best.slice(0, candidatesKept).map(([answer, each], place) => ({
    answer,
    score: each,
    share: shares[place]!,
  }));
}
