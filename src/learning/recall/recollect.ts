import { stem, stemmedWords, wordsOf } from "../../storage/words.ts";
import type { Suggestion } from "../../core/answer.ts";
import { probability, similarityOfMeaning, similarityOfWords } from "./calibration.ts";
import type { Calibration } from "./calibration.ts";
import { candidatesMatched, signalsFor } from "./decision/judge.ts";
import { logOddsOf, shippedMatcher } from "./decision/matcher.ts";
import { informationOf } from "./decision/background.ts";
import { gather, neighboursOf } from "./gather.ts";
import type { Candidate, Evidence } from "./evidence.ts";
import type { Neighbour } from "./best-few.ts";
import type { ExampleStore } from "./example-store.ts";
import { hasHead, meaningOf } from "./model.ts";
import type { Model } from "./model.ts";
import type { Hint, Recollection, RecollectOptions } from "./recall.ts";
import { exactRuling, nearRuling, vetoedAnswers } from "./rulings.ts";
import { certainty, thresholds } from "./thresholds.ts";

const mostHints = 8;
const mostNamed = 3;
const mostSuggestions = 3;

/** A candidate with the probability that it is right. */
type Judged = Candidate & { readonly probability: number };

/** What the memory makes of a prompt. */
export function recollect(
  model: Model,
  prompt: string,
  { hints: areHintsWanted = true, vector, risk = "balanced" }: RecollectOptions = {},
): Recollection {
  const { store } = model;
  const meaning = () => meaningOf(model, { prompt, ...(vector !== undefined && { vector }) });
  const ruling = exactRuling(store, prompt);
  const ruled = ruling ? store.answer(ruling.example) : null;
  if (ruling && ruled !== null)
    return {
      ...nothing,
      tier: "exact",
      answer: ruled,
      answerId: store.answerId(ruling.example),
      guess: ruled,
      guessId: store.answerId(ruling.example),
      score: ruling.contested ? certainty.contested : certainty.exact,
      exampleIds: [store.id(ruling.example)],
      hints: areHintsWanted ? hintsOf(model, neighboursOf(model, prompt, meaning())) : [],
    };
  const repaired = model.words.repair(prompt);
  const evidence = gather(
    model,
    repaired,
    repaired === prompt ? meaning() : meaningOf(model, { prompt: repaired }),
  );
  const hints = areHintsWanted ? hintsOf(model, evidence.neighbours) : [];
  const vetoed = vetoedAnswers(store, prompt, evidence);
  const judged = judge(model, evidence, vetoed);
  const override = ruling?.example ?? nearRuling(model, evidence.neighbours, vetoed);
  if (override !== undefined) return { ...overridden(store, override, judged), hints };
  const first = judged[0];
  if (!first) return { ...nothing, hints };
  const guess = store.answerText(first.answer);
  const guessId = store.idOfAnswer(first.answer);
  const exampleIds = speakingFor(model, first.answer, evidence).map(store.id);
  const told = { ...nothing, guess, guessId, score: first.probability, exampleIds, hints };
  if (first.probability >= thresholds.answer[risk])
    return { ...told, tier: "hint", answer: guess, answerId: guessId };
  return { ...told, suggestions: suggestionsOf(model, judged, evidence) };
}

/** The texts that an encoder must read before this is asked; none where it was taught word for word. */
export function readingsOf({ store, words }: Model, prompt: string): readonly string[] {
  const ruling = exactRuling(store, prompt);
  if (ruling && store.answer(ruling.example) !== null) return [];
  return [words.repair(prompt)];
}

const nothing: Recollection = {
  tier: "none",
  answer: null,
  answerId: null,
  guess: null,
  guessId: null,
  score: 0,
  exampleIds: [],
  isTaughtUnknown: false,
  hints: [],
  suggestions: [],
};

/** What an example says that rules this prompt. */
function overridden(
  store: ExampleStore,
  override: number,
  [first]: readonly Judged[],
): Recollection {
  const answer = store.answer(override);
  const exampleIds = [store.id(override)];
  if (answer !== null)
    return {
      ...nothing,
      tier: "hint",
      answer,
      answerId: store.answerId(override),
      guess: answer,
      guessId: store.answerId(override),
      score: certainty.override,
      exampleIds,
    };
  const guess = first ? store.answerText(first.answer) : null;
  const score = Math.min(certainty.abstained, first?.probability ?? 0);
  const guessId = first ? store.idOfAnswer(first.answer) : null;
  return { ...nothing, guess, guessId, score, exampleIds, isTaughtUnknown: true };
}

/** The answers that may be meant, the likeliest first. */
function judge(model: Model, evidence: Evidence, vetoed: ReadonlySet<number>): Judged[] {
  const allowed = ({ answer }: Candidate) =>
    !vetoed.has(answer) && model.store.answerText(answer) !== null;
  const left: Evidence = {
    ...evidence,
    byShare: evidence.byShare.filter(allowed),
    bySimilarity: evidence.bySimilarity.filter(allowed),
  };
  const unheard = model.meanings.dimensions > 0 ? similarityOfMeaning : similarityOfWords;
  const headless = left.bySimilarity.filter(({ answer }) => !hasHead(model, answer));
  const [first] = left.byShare;
  const headed =
    first && model.heads
      ? matched(model, left)
      : withProbabilities(model.calibration, left.byShare, left);
  return [...headed, ...withProbabilities(unheard, headless, left)].toSorted(
    (first, second) => second.probability - first.probability,
  );
}

/** The first gets its own probability; what is left falls off for those behind it. */
function withProbabilities(
  calibration: Calibration,
  candidates: readonly Candidate[],
  evidence: Evidence,
): Judged[] {
  const [first] = candidates;
  if (!first) return [];
  return behind(candidates, probability(calibration, first, evidence));
}

/** The answers of the best heads with their probabilities by the matcher, and the rest behind them. */
function matched(model: Model, evidence: Evidence): Judged[] {
  const allowed = new Set(evidence.byShare.map((each) => each.answer));
  const matcher = shippedMatcher(evidence.meaning !== null);
  const candidates = evidence.byShare.slice(0, candidatesMatched).map((candidate) => {
    const signals = signalsFor(model, evidence, candidate.answer, (other) => allowed.has(other));
    return { ...candidate, probability: 1 / (1 + Math.exp(-logOddsOf(signals, matcher))) };
  });
  const ranked = candidates.toSorted((left, right) => right.probability - left.probability);
  const least = ranked.at(-1)?.probability ?? 0;
  const rest = evidence.byShare.slice(candidatesMatched);
  return [
    ...ranked,
    ...rest.map((candidate, place) => ({ ...candidate, probability: least / (place + 2) })),
  ];
}

/** The first has this probability; what is left falls off for those behind it. */
function behind(candidates: readonly Candidate[], best: number): Judged[] {
  return candidates.map((candidate, place) => ({
    ...candidate,
    probability: place === 0 ? best : Math.min(best, 1 - best) / (place + 1),
  }));
}

function hintsOf({ store }: Model, neighbours: readonly Neighbour[]): Hint[] {
  return neighbours
    .slice(0, mostHints)
    .filter(({ similarity }) => similarity >= thresholds.hint)
    .map(({ example, similarity }) => ({
      exampleId: store.id(example),
      prompt: store.prompt(example),
      answer: store.answer(example),
      label: store.isNegative(example) ? "negative" : "positive",
      similarity,
    }));
}

/** The nearest examples of an answer, else its newest one. */
function speakingFor({ store }: Model, answer: number, evidence: Evidence): number[] {
  const near = evidence.neighbours
    .map(({ example }) => example)
    .filter((example) => store.answers[example] === answer && !store.isNegative(example))
    .slice(0, mostNamed);
  if (near.length > 0) return near;
  const newest = store.examplesOf(answer).next();
  return newest.done ? [] : [newest.value];
}

/** The answers that may be meant: those likely enough, or that share a word that tells the subject. */
function suggestionsOf(model: Model, judged: readonly Judged[], evidence: Evidence): Suggestion[] {
  const { store } = model;
  const isLikely = judged[0]!.probability >= thresholds.suggest;
  const least = judged[0]!.probability * thresholds.suggestionShare;
  const telling = new Set(
    wordsOf(evidence.prompt)
      .filter((word) => informationOf(word) >= thresholds.tellingWord)
      .map(stem),
  );
  return judged
    .flatMap((candidate) => {
      const examples = speakingFor(model, candidate.answer, evidence);
      const answer = store.answerText(candidate.answer);
      const answerId = store.idOfAnswer(candidate.answer);
      const [closest] = examples;
      if (closest === undefined || answer === null || answerId === null) return [];
      const isMeant =
        (isLikely && candidate.probability >= least) ||
        examples.some((example) =>
          stemmedWords(store.prompt(example)).some((each) => telling.has(each)),
        );
      if (!isMeant) return [];
      return {
        prompt: store.prompt(closest),
        answer,
        answerId,
        score: candidate.probability,
        exampleIds: examples.map(store.id),
      };
    })
    .slice(0, mostSuggestions);
}
