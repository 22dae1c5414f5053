import { stem } from "../storage/words.ts";
import {
  asking,
  askingWords,
  beginsAsking,
  isPointing,
  isPreposition,
  isTelling,
  joined,
  openingWords,
  placedWords,
  pointing,
  thingsIn,
  type Joined,
} from "./question-words.ts";

/** Longer messages stand by themselves, unless they say "what about". */
const mostWords = 7;
const mostWordsAbout = 12;

/** A message that leans on the question before it. */
export type FollowUp = {
  /** What it may ask as a whole, for a memory to choose from. */
  readonly completions: readonly string[];
  /** Both in one line, for people: "When are you open: on Mars?" */
  readonly together: string;
  /** The stems of what is new in it: the answer has to be about one of them. */
  readonly news: ReadonlySet<string>;
  /** The stems of what it asks for: the answer has to be about all of them. */
  readonly asked: ReadonlySet<string>;
  /** The stems of what was spoken of before, where the message names nothing itself: about one of them. */
  readonly topic: ReadonlySet<string>;
  /** Whether its words say that it goes on ("and", "it"), or only its being short. */
  readonly isPlain: boolean;
  /** Whether it names nothing itself, so that by itself it asks nothing. */
  readonly isCutShort: boolean;
};

/** What the words of a message say about whether it leans on something said before. */
type Leaning = {
  readonly said: Joined;
  readonly asks: boolean;
  readonly points: boolean;
  readonly isCutShort: boolean;
};

function leaningOf(text: string): Leaning | undefined {
  if (text.length > longestFollowUp) return undefined;
  const said = joined(text);
  const { words, isJoined, isAbout } = said;
  if (words.length === 0 || words.length > (isAbout ? mostWordsAbout : mostWords)) return undefined;
  const asks = beginsAsking(words);
  const things = thingsIn(words);
  const points = words.some((_, at) => isPointing(words, at)) && (isJoined || things.length <= 2);
  const isCutShort = asks && things.length === 0 && words.length <= 5;
  const leans = isJoined || points || isCutShort || (!asks && words.length <= 3);
  return leans ? { said, asks, points, isCutShort } : undefined;
}

/** Whether a message may lean on the question before it. */
export const mayFollow = (text: string): boolean => leaningOf(text) !== undefined;

/** How a message goes on with the question before; `undefined` when it stands by itself. */
export function followUpOf(text: string, before: string): FollowUp | undefined {
  const leaning = leaningOf(text);
  const earlier = withoutMark(joined(before).rest || before);
  if (!leaning || earlier === "" || earlier.length > longestBefore) return undefined;
  const { said, asks, points, isCutShort } = leaning;
  const { words, isJoined } = said;
  const isStanding = asks && !isCutShort && !points;
  const completions = asks ? asked(said, earlier) : named(said, earlier);
  return {
    completions: [...new Set([...completions, ...(isStanding ? [said.rest] : [])])].slice(
      0,
      mostCompletions,
    ),
    together: `${capitalised(earlier)}: ${said.rest}?`,
    news: new Set(words.filter(isTelling).map(stem)),
    asked: new Set(words.flatMap((word) => (asking.has(word) ? sameAsking(word) : [])).map(stem)),
    topic: new Set(isStanding || !asks ? [] : wordsIn(earlier).filter(isTelling).map(stem)),
    isPlain: isJoined || points || isCutShort,
    isCutShort,
  };
}

/** Texts that cannot be a follow-up, or one to go on with, in UTF-16 units. */
const longestFollowUp = 200;
const longestBefore = 300;
const mostCompletions = 24;

/** What a word that asks is called in most questions. */
const sameAsking = (word: string): readonly string[] => (word === "почем" ? ["сколько"] : [word]);

const withoutMark = (text: string): string => text.replace(/[\s?.!…]{1,9}$/u, "");
const capitalised = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
const priced = "сколько стоит";
const wordsIn = (text: string): string[] => placedWords(text).map(({ word }) => word);

/** "Where?", "and how much is it?": what is asked is new, what it is about was said before. */
function asked({ rest, words }: Joined, earlier: string): string[] {
  const before = wordsIn(earlier);
  const own = placedWords(rest);
  const from = placedWords(earlier)[Math.min(askingWords(before), before.length - 1)]!.from;
  const about = earlier.slice(from);
  const telling = before.filter(isTelling);
  const topic = telling.join(" ");
  const kept = own.filter(({ word }) => !pointing.has(word));
  const question = kept
    .map(({ word, from: start, to }) => (word === "почем" ? priced : rest.slice(start, to)))
    .join(" ");
  const opening = own.slice(0, Math.max(1, askingWords(words)));
  const said = rest.slice(opening[0]!.from, opening.at(-1)!.to);
  const asker = words[0] === "почем" ? priced : said;
  const verbs = before[openingWords(before) - 1];
  return [
    `${question} ${topic}`,
    ...telling.slice(-3).map((word) => `${question} ${word}`),
    ...(telling.length > 2 ? [`${question} ${telling.slice(-2).join(" ")}`] : []),
    ...[...pointing].flatMap((word) => {
      const place = own.find((each) => each.word === word);
      return place ? [`${rest.slice(0, place.from)}${topic}${rest.slice(place.to)}`] : [];
    }),
    `${asker} ${about}`,
    ...(verbs === undefined ? [] : negated(asker, about)),
    `${rest} ${earlier}`,
  ];
}

/** "Why?" after "Can I ...?" is asked when one cannot. */
function negated(asker: string, about: string): string[] {
  const denied = about
    .replace(
      /^(can|do|does|is|are|may|will|should)\b/iu,
      (word) => deniedWords[word.toLowerCase()]!,
    )
    .replace(/^можно(?!\p{L})/iu, "нельзя");
  return denied === about ? [] : [`${asker} ${denied}`];
}
const deniedWords: Readonly<Record<string, string>> = {
  can: "can't",
  do: "don't",
  does: "doesn't",
  is: "isn't",
  are: "aren't",
  may: "can't",
  will: "won't",
  should: "shouldn't",
};

/** "And on Sunday?", "what about dogs": the same is asked about something else. */
function named({ rest, words }: Joined, earlier: string): string[] {
  const places = placedWords(earlier);
  const before = places.map(({ word }) => word);
  const opening = openingWords(before);
  const front = opening > 0 ? earlier.slice(0, places[opening - 1]!.to) : "";
  const own = isPreposition(words[0]!) ? rest.slice(placedWords(rest)[1]?.from ?? 0) : rest;
  const replaced: string[] = [];
  for (const [at, { word, from }] of places.entries()) {
    if (at < opening || !isTelling(word)) continue;
    const start =
      isPreposition(words[0]!) && at > 0 && isPreposition(before[at - 1]!)
        ? places[at - 1]!.from
        : from;
    const insert = start === from ? own : rest;
    replaced.push(`${earlier.slice(0, start)}${insert}${earlier.slice(places[at]!.to)}`);
    // To the end, for "a day pass" that becomes "the sauna".
    if (places[at]!.to < earlier.length) replaced.push(`${earlier.slice(0, start)}${insert}`);
  }
  const asker = askingWords(before);
  return [
    ...replaced.toReversed(),
    `${earlier} ${rest}`,
    ...(front === "" ? [] : [`${front} ${rest}`, `${front} ${own}`]),
    ...(asker === 0 ? [] : [`${earlier.slice(0, places[asker - 1]!.to)} ${own}`]),
  ];
}
