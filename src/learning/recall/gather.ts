import type { Belief, Evidence } from "./evidence.ts";
import { opinionOf } from "./opinion.ts";
import type { ScoringHeads } from "./opinion.ts";
import { believeLocally, localNeighbours } from "./local-belief.ts";
import { vectorOfExample } from "./model.ts";
import type { Model } from "./model.ts";
import { noAnswer } from "./example-store.ts";
import type { Neighbour } from "./best-few.ts";
import { cosineTo } from "./cosine.ts";
import { share } from "./meanings.ts";
import type { SparseVector } from "./vocabulary.ts";

const neighboursSought = 32;
/** So many of the neighbours get their exact cosine; the search gives a part of it. */
const neighboursMeasured = 16;
const candidatesKept = 8;
/** The score of an answer without a head. */
const noScore = -1;

/** Gathers what speaks for which answer. */
export function gather(model: Model, prompt: string, meaning: Int8Array | null): Evidence {
  const { store, localHeads } = model;
  const vector = model.vocabulary.vectorOf(prompt, meaning);
  const byMeaning = meaningsLike(model, meaning);
  const found = search(model, vector, meaning, byMeaning);
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
    prompt,
    vector,
    meaning,
    byMeaning,
    neighbours,
    byShare: belief.map((each) => ({
      ...each,
      similarity: similarities.get(each.answer) ?? 0,
    })),
    bySimilarity: [...similarities]
      .map(([answer, similarity]) => ({
        ...(believed.get(answer) ?? { answer, score: noScore, share: 0 }),
        similarity,
      }))
      .toSorted((left, right) => right.similarity - left.similarity || left.answer - right.answer),
  };
}

/** The taught prompts most like this one, closest first. */
export function neighboursOf(
  model: Model,
  prompt: string,
  meaning: Int8Array | null,
): readonly Neighbour[] {
  const vector = model.vocabulary.vectorOf(prompt, meaning);
  return closestFirst(model, vector, search(model, vector, meaning, meaningsLike(model, meaning)));
}

const meaningsLike = ({ meanings, store }: Model, meaning: Int8Array | null): Neighbour[] =>
  meaning ? meanings.search(meaning, neighboursSought, store.isActive) : [];

/** The prompts that say the most alike, and those that mean it; by both together, closest first. */
function search(
  { index, store, localHeads, meanings }: Model,
  vector: SparseVector,
  meaning: Int8Array | null,
  byMeaning: readonly Neighbour[],
): Neighbour[] {
  const sought = localHeads ? localNeighbours : neighboursSought;
  const alike = index.search(vector, sought, store.isActive);
  if (!meaning) return alike;
  const together = new Map(alike.map(({ example, similarity }) => [example, similarity]));
  for (const { example } of byMeaning) if (!together.has(example)) together.set(example, 0);
  return Array.from(together, ([example, similarity]) => ({
    example,
    similarity: similarity + share.meaning * meanings.cosine(meaning, example),
  })).toSorted((left, right) => right.similarity - left.similarity || right.example - left.example);
}

/** What the classifiers think of a prompt, of the answers that somebody still gives. */
export function believe(
  { store, heads }: Pick<Model, "store"> & { readonly heads?: ScoringHeads },
  vector: SparseVector,
): Belief {
  if (!heads) return [];
  const allowed = (answer: number) => store.support[answer]! > 0 && heads.taught[answer] === 1;
  const { scores, shares } = opinionOf(heads, vector, allowed);
  return best(shares).map((answer) => ({
    answer,
    score: scores[answer]!,
    share: shares[answer]!,
  }));
}

/** The first with exact cosines, closest first; of equals the newest. */
function closestFirst(
  model: Model,
  vector: SparseVector,
  found: readonly Neighbour[],
): Neighbour[] {
  // What was found by its meaning alone was not compared word by word.
  const isWhole = model.meanings.dimensions === 0 && model.index.readsAll(vector);
  const cosineOf = isWhole
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
