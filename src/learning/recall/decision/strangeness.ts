import { seededRandom, shuffle } from "../random.ts";
import type { Model } from "../model.ts";
import { vectorOfExample } from "../model.ts";
import { cosineTo } from "../cosine.ts";
import { noAnswer } from "../example-store.ts";
import type { Spread, Strangeness } from "./signals.ts";

const mostAsked = 200;
/** Few examples say little: what is usual counts as so many. */
const usualExamples = 5;
/** So many of the likeliest are compared as a whole. */
const compared = 4;

/** What is usual, and all there is to go by before anything was taught. */
export const usualStrangeness = (hasMeaning: boolean): Strangeness => ({
  cosine: { mean: hasMeaning ? 0.35 : 0.25, deviation: 0.12 },
  meaning: { mean: 0.4, deviation: 0.15 },
});

/** Measures, example by example, how alike the most similar one of another answer is. */
export function measureStrangeness(model: Model, seed: number): Strangeness {
  const { store, index, meanings } = model;
  const examples = store
    .activeExamples()
    .filter(
      (example) =>
        store.answers[example] !== noAnswer &&
        !store.isNegative(example) &&
        store.isGeneral(example),
    );
  shuffle(examples, seededRandom(seed + 2));
  const cosines: number[] = [];
  const meant: number[] = [];
  for (const example of examples.subarray(0, mostAsked)) {
    const isOther = (other: number) =>
      store.isActive(other) && store.answers[other] !== store.answers[example];
    const vector = vectorOfExample(model, example);
    const cosine = cosineTo(vector);
    const own = meanings.of(example);
    const byMeaning = own ? meanings.search(own, compared, isOther) : [];
    if (own) meant.push(byMeaning[0]?.similarity ?? 0);
    const alike = [...index.search(vector, compared, isOther), ...byMeaning];
    cosines.push(
      alike.reduce(
        (most, other) => Math.max(most, cosine(vectorOfExample(model, other.example))),
        0,
      ),
    );
  }
  const usual = usualStrangeness(meanings.dimensions > 0);
  return { cosine: spreadOf(cosines, usual.cosine), meaning: spreadOf(meant, usual.meaning) };
}

function spreadOf(values: readonly number[], usual: Spread): Spread {
  const count = values.length + usualExamples;
  const mean = values.reduce((sum, value) => sum + value, usualExamples * usual.mean) / count;
  const squares = values.reduce(
    (sum, value) => sum + (value - mean) ** 2,
    usualExamples * usual.deviation ** 2,
  );
  return { mean, deviation: Math.sqrt(squares / count) };
}
