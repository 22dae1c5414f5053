import { stemmedWords } from "../storage/words.ts";
import type { Recollect, Recollection } from "../learning/recall/recall.ts";
import { followUpOf, type FollowUp } from "./follow-up.ts";
import { onlyQuestionIn, questionsWithin } from "./questions-in.ts";

/** What a message was taken to ask, and what is known of that. */
export type Understood = {
  readonly question: string;
  readonly recollection: Recollection;
  /** What people are told to have been understood; missing where the answer shows it. */
  readonly told?: string | undefined;
  /** The question that it leans on, where the two could not be made one. */
  readonly leansOn?: string;
};

export type ToUnderstand = {
  readonly text: string;
  readonly recollect: Recollect;
  /** The question asked before it in the conversation, where there is one. */
  readonly before?: string | undefined;
  /** What the bot is called here. */
  readonly names?: readonly string[];
};

/** A completed question that speaks of nothing new has to be as sure as this. */
const sureOfOther = 0.8;
/** With more words than this around its question, a message is told what it was taken to ask. */
const mostWordsObvious = 25;

/**
 * What a message asks: itself, a question within it, or the question before completed by it. Another
 * reading than its own words is taken only where memory is surer of it.
 */
export function understand({ text, recollect, before, names = [] }: ToUnderstand): Understood {
  const hints = { hints: true } as const;
  const plain = { question: text, recollection: recollect(text, hints) };
  if (isDecided(plain.recollection)) return plain;
  const found = surest([
    plain,
    ...questionsWithin(text, names).map((question) => ({
      question,
      recollection: recollect(question, hints),
    })),
  ]);
  if (isDecided(found.recollection)) return found;
  const followUp = before === undefined ? undefined : followUpOf(text, before);
  if (followUp && before !== undefined) {
    const earlier = recollect(before, hints);
    const completed = followUp.completions
      .map((question) => ({ question, recollection: recollect(question, hints) }))
      .filter(({ recollection }) => isAbout(followUp, recollection, earlier))
      .toSorted((one, other) => other.recollection.score - one.recollection.score)[0];
    const isOwn = !followUp.isCutShort || isAbout(followUp, found.recollection, earlier);
    const isSame =
      !followUp.isPlain && completed && isSameAnswer(completed.recollection, found.recollection);
    if (completed && !isSame && (!isOwn || isSurer(completed.recollection, found.recollection)))
      return asQuestion(completed);
    if (!isOwn || (found.recollection.answer === null && followUp.isPlain))
      return {
        question: followUp.together,
        recollection: unknown(found.recollection),
        told: followUp.together,
        leansOn: before,
      };
  }
  return withStory(text, found);
}

/** A completed question as it would be taught. */
function asQuestion({ question, recollection }: Understood): Understood {
  const whole = `${question.slice(0, 1).toUpperCase()}${question.slice(1)}?`;
  const told = recollection.tier === "exact" ? undefined : (wordingBehind(recollection) ?? whole);
  return { question: whole, recollection, ...(told !== undefined && { told }) };
}

/** What is known when the answer found is none to what was asked. */
const unknown = (found: Recollection): Recollection =>
  found.answer === null ? found : { ...found, tier: "none", answer: null, answerId: null };

const isSameAnswer = (one: Recollection, other: Recollection): boolean =>
  one.answer !== null &&
  (one.answerId === null ? one.answer === other.answer : one.answerId === other.answerId);

const isDecided = ({ tier, isTaughtUnknown }: Recollection): boolean =>
  tier === "exact" || isTaughtUnknown;

const isSurer = (one: Recollection, other: Recollection): boolean =>
  one.answer !== null && (other.answer === null || one.score > other.score);

/** The first is what was said; another one has to be surer, or to be known not to be known. */
function surest([first, ...others]: readonly [Understood, ...Understood[]]): Understood {
  let best: Understood = first;
  for (const each of others)
    if (each.recollection.isTaughtUnknown || isSurer(each.recollection, best.recollection))
      best = each;
  return best;
}

/** Whether what is known speaks of what is new in a follow-up, and does not only repeat itself. */
function isAbout(
  { news, asked, topic, isPlain }: FollowUp,
  known: Recollection,
  earlier: Recollection,
): boolean {
  if (known.answer === null || news.size + asked.size === 0) return false;
  const wordings = known.hints
    .filter(({ exampleId }) => known.exampleIds.includes(exampleId))
    .map(({ prompt }) => prompt);
  const isRepeated = isSameAnswer(known, earlier);
  const spoken = isRepeated ? [...wordings, known.answer] : wordings;
  const stems = new Set(spoken.flatMap(stemmedWords));
  const isSpoken = (each: string): boolean => stems.has(each);
  if (![...asked].every(isSpoken) || (topic.size > 0 && ![...topic].some(isSpoken))) return false;
  if (!isPlain) return !isRepeated && [...news].every(isSpoken);
  if (news.size === 0 || [...news].some(isSpoken)) return true;
  return !isRepeated && known.score >= sureOfOther;
}

const wordingBehind = ({ hints, exampleIds }: Recollection): string | undefined =>
  hints.find(({ exampleId }) => exampleId === exampleIds[0])?.prompt;

/** A long message is kept as the question in it, and that is told. */
function withStory(text: string, found: Understood): Understood {
  if (stemmedWords(text).length <= mostWordsObvious) return found;
  const { question, recollection } = found;
  if (question !== text)
    return recollection.tier === "exact"
      ? found
      : { ...found, told: wordingBehind(recollection) ?? question };
  const asked = recollection.answer === null ? onlyQuestionIn(text) : undefined;
  return asked === undefined ? found : { ...found, question: asked, told: asked };
}
