import type { Belief, Evidence } from "./evidence.ts";
import { opinionOf } from "./ensemble.ts";
import type { ScoringHeads } from "./ensemble.ts";
import { believeLocally, localNeighbours } from "./local-belief.ts";
import { vectorOfExample } from "./model.ts";
import type { Model } from "./model.ts";
import { noAnswer } from "./example-store.ts";
import type { Neighbour } from "./best-few.ts";
import { cosineTo } from "./cosine.ts";
import type { SparseVector } from "./vocabulary.ts";

const neighboursSought = 32;
/** So many of the neighbours get their exact cosine; the search gives a part of it. */
const neighboursMeasured = 10;
const candidatesKept = 8;
/** The score of an answer without a head. */
const noScore = -1;

/** Gathers what speaks for which answer. */
export function gather(model: Model, prompt: string): Evidence {
  const { store, localHeads } = model;
  const vector = model.vocabulary.vectorOf(prompt);
  const found = search(model, vector);
  const neighbours = closestFirst(model, vector, found);
  const similarities = new Map<number, number>();
  for (const { example, similarity } of neighbours) {
    const answer = store.answers[example]!;
    if (answer === noAnswer || store.isNegative(example)) continue;
    if (similarity > (similarities.get(answer) ?? 0)) similarities.set(answer, similarity);
  }
  const belief = localHeads
    ? believeLocally(store, (answer) => localHeads.of(answer), vector, found)
    : believe(model, vector);
  const believed = new Map(belief.map((each) => [each.answer, each]));
  return {
    neighbours,
    byShare: belief.map((each) => ({
      ...each,
      similarity: similarities.get(each.answer) ?? 0,
    })),
    bySimilarity: [...similarities]
      .map(([answer, similarity]) => ({
        ...(believed.get(answer) ?? { answer, score: noScore, share: 0, headShare: 0 }),
        similarity,
      }))
      .toSorted((left, right) => right.similarity - left.similarity || left.answer - right.answer),
  };
}

/** The taught prompts most like this one, closest first. */
export function neighboursOf(model: Model, prompt: string): readonly Neighbour[] {
  const vector = model.vocabulary.vectorOf(prompt);
  return closestFirst(model, vector, search(model, vector));
}

const search = ({ index, store, localHeads }: Model, vector: SparseVector): Neighbour[] =>
  index.search(vector, localHeads ? localNeighbours : neighboursSought, store.isActive);

/** What the classifiers think of a prompt, of the answers that somebody still gives. */
export function believe(
  { store, heads, nets }: Pick<Model, "store" | "nets"> & { readonly heads?: ScoringHeads },
  vector: SparseVector,
): Belief {
  if (!heads) return [];
  const allowed = (answer: number) => store.support[answer]! > 0 && heads.taught[answer] === 1;
  const { scores, shares, headShares } = opinionOf(heads, nets, vector, allowed);
  return best(shares).map((answer) => ({
    answer,
    score: scores[answer]!,
    share: shares[answer]!,
    headShare: headShares[answer]!,
  }));
}

/** The first with exact cosines, closest first; of equals the newest. */
function closestFirst(
  model: Model,
  vector: SparseVector,
  found: readonly Neighbour[],
): Neighbour[] {
  const cosineOf = model.index.readsAll(vector)
    ? ({ similarity }: Neighbour) => Math.min(1, similarity)
    : exactCosine(model, vector);
  const first = found
    .slice(0, neighboursMeasured)
    .map((neighbour) => ({ example: neighbour.example, similarity: cosineOf(neighbour) }));
  first.sort((left, right) => right.similarity - left.similarity || right.example - left.example);
  return [...first, ...found.slice(neighboursMeasured)];
}

function exactCosine(model: Model, vector: SparseVector): (neighbour: Neighbour) => number {
  const cosine = cosineTo(vector);
  return ({ example }) => cosine(vectorOfExample(model, example));
}

/** The answers with the largest shares, best first. */
function best(shares: Float64Array): number[] {
  const kept: number[] = [];
  for (let answer = 0; answer < shares.length; answer++) {
    const share = shares[answer]!;
    if (share === 0 || (kept.length === candidatesKept && share <= shares[kept.at(-1)!]!)) continue;
    let at = kept.length;
    while (at > 0 && shares[kept[at - 1]!]! < share) at--;
    kept.splice(at, 0, answer);
    kept.length = Math.min(kept.length, candidatesKept);
  }
  return kept;
}
