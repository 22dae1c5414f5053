import { VectorValues } from "../vector-values.ts";
import type { Neighbour } from "../best-few.ts";
import type { Evidence } from "../evidence.ts";
import type { Model } from "../model.ts";
import { vectorOfExample } from "../model.ts";
import { noAnswer } from "../example-store.ts";
import type { Standing, Wording } from "./signals.ts";
import { signalsOf } from "./signals.ts";
import { tellingWords } from "./telling-words.ts";

/** So many of the best heads' answers are looked at by the matcher. */
export const candidatesMatched = 3;
/** So many of the newest examples of an answer are looked at. */
const mostOwn = 64;

/** A prompt as it is asked: its words with slips repaired. */
export type Asked = Pick<Evidence, "prompt" | "vector" | "meaning">;

/** The signals of one answer: what the matcher decides by. */
export function signalsFor(
  model: Model,
  evidence: Evidence,
  answer: number,
  isAllowed: (answer: number) => boolean = () => true,
): number[] {
  const { store, vocabulary, encoder, strangeness } = model;
  const own = ownExamples(model, answer);
  const nearest = nearestOwn(model, evidence, own);
  const words = new Set<string>();
  for (const example of own)
    for (const { stem } of tellingWords(store.prompt(example), encoder)) words.add(stem);
  const isRival = isRivalOf(model, answer, isAllowed);
  const rival = evidence.neighbours.find(isRival)?.example ?? -1;
  const wording: Wording = {
    prompt: tellingWords(evidence.prompt, encoder),
    example: nearest.example < 0 ? [] : tellingWords(store.prompt(nearest.example), encoder),
    rival: rival < 0 ? [] : tellingWords(store.prompt(rival), encoder),
    answer: words,
    isTaught: (stem) => vocabulary.holdsStem(stem),
  };
  const standing = standingOf(model, evidence, answer, nearest, isAllowed, isRival);
  return signalsOf(standing, wording, strangeness);
}

type Nearest = { readonly example: number; readonly cosine: number; readonly meaning: number };

function standingOf(
  model: Model,
  { byShare, neighbours, byMeaning, vector, meaning }: Evidence,
  answer: number,
  nearest: Nearest,
  isAllowed: (answer: number) => boolean,
  isOther: (neighbour: Neighbour) => boolean,
): Standing {
  const { store, vocabulary } = model;
  const first = byShare.find((each) => each.answer === answer);
  const second = byShare.find((each) => each.answer !== answer && isAllowed(each.answer));
  const other = neighbours.find(isOther)?.similarity ?? 0;
  const said = vocabulary.wordsOf(vector).values;
  return {
    score: first?.score ?? -1,
    second: second?.score ?? -1,
    share: first?.share ?? 0,
    own: nearest.cosine,
    other,
    meaning: meaning
      ? { own: nearest.meaning, other: byMeaning.find(isOther)?.similarity ?? 0 }
      : null,
    agrees: nearest.cosine > 0 && nearest.cosine >= other,
    knownLength: Math.sqrt(said.reduce((sum, value) => sum + value * value, 0)),
    answers: store.support.reduce((count, examples) => count + (examples > 0 ? 1 : 0), 0),
    examples: store.support[answer]!,
  };
}

/** Tells the examples that speak for another answer. */
const isRivalOf =
  ({ store }: Model, answer: number, isAllowed: (answer: number) => boolean) =>
  ({ example }: Neighbour): boolean =>
    store.answers[example] !== answer &&
    store.answers[example] !== noAnswer &&
    !store.isNegative(example) &&
    isAllowed(store.answers[example]!);

function ownExamples({ store }: Model, answer: number): number[] {
  const own: number[] = [];
  for (const example of store.examplesOf(answer)) {
    if (!store.isGeneral(example)) continue;
    if (own.push(example) === mostOwn) break;
  }
  return own;
}

/** The example of the answer that is nearest by words and meaning together. */
function nearestOwn(model: Model, { vector, meaning }: Evidence, own: readonly number[]): Nearest {
  const values = new VectorValues(vector);
  let nearest: Nearest = { example: -1, cosine: 0, meaning: 0 };
  let meant = 0;
  for (const example of own) {
    const other = vectorOfExample(model, example);
    let cosine = 0;
    for (let at = 0; at < other.features.length; at++)
      cosine += values.of(other.features[at]!) * other.values[at]!;
    if (meaning) meant = Math.max(meant, model.meanings.cosine(meaning, example));
    if (cosine > nearest.cosine) nearest = { example, cosine, meaning: 0 };
  }
  return { ...nearest, meaning: meant };
}
