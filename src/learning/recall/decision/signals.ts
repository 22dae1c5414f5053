import type { TellingWord } from "./telling-words.ts";
import { likeness } from "./telling-words.ts";

/** What is known of the best answer to a prompt, before its words are looked at. */
export type Standing = {
  /** Score of its head, of the second-best head, and its share of the belief of all heads. */
  readonly score: number;
  readonly second: number;
  readonly share: number;
  /** Cosines of its nearest example, and of the nearest one of another answer. */
  readonly own: number;
  readonly other: number;
  /** The same by meaning alone; `null` without an encoder. */
  readonly meaning: { readonly own: number; readonly other: number } | null;
  /** Whether the nearest example of all is its own. */
  readonly agrees: boolean;
  /** Length of the part of the prompt's vector that tells what it says: short where words are unknown. */
  readonly knownLength: number;
  /** How many answers there are, and how many examples this one has. */
  readonly answers: number;
  readonly examples: number;
};

/** The words of the prompt, and what they are held against. */
export type Wording = {
  readonly prompt: readonly TellingWord[];
  /** Those of the nearest example of the answer. */
  readonly example: readonly TellingWord[];
  /** Those of the nearest example of another answer. */
  readonly rival: readonly TellingWord[];
  /** Stems of all examples of the answer. */
  readonly answer: ReadonlySet<string>;
  /** Whether any example in the community holds a stem. */
  isTaught(stem: string): boolean;
};

/** How alike prompts of different answers are at most: what a likeness means in this community. */
export type Strangeness = {
  readonly cosine: Spread;
  readonly meaning: Spread;
};
export type Spread = { readonly mean: number; readonly deviation: number };

/** The signals of `signalsOf`, in its order. */
export const signalNames = [
  "score",
  "lead",
  "logOdds",
  "cosineLead",
  "cosineRank",
  "meaningLead",
  "meaningRank",
  "coveredPrompt",
  "coveredExample",
  "coveredByAnswer",
  "coveredByAll",
  "missingPrompt",
  "missingExample",
  "substituted",
  "substitutedInPlace",
  "substitutedAlike",
  "moreMissingPrompt",
  "moreMissingExample",
  "frame",
  "frameLead",
  "coverLead",
  "translated",
  "translatedRank",
  "translatedCover",
  "words",
  "knownLength",
  "agrees",
  "answers",
  "examples",
] as const;

/**
 * What tells whether the best answer is right. No cosine as it is: what 0.6 means differs from subject
 * to subject.
 */
export function signalsOf(
  standing: Standing,
  wording: Wording,
  strangeness: Strangeness,
): number[] {
  const { share, own, other, meaning } = standing;
  const score = clip(standing.score, -1.5, 1.5);
  const second = clip(standing.second, -1.5, 1.5);
  const compared = compare(wording);
  const { substituted } = compared;
  const meant = meaning ? rank(meaning.own, strangeness.meaning) : 0;
  const translated = isTranslated(wording) ? 1 : 0;
  return [
    score,
    score - second,
    Math.log((share + 1e-4) / (1 - share + 1e-4)) / 4,
    own - other,
    rank(own, strangeness.cosine),
    meaning ? meaning.own - meaning.other : 0,
    meant,
    compared.coveredPrompt,
    compared.coveredExample,
    compared.coveredByAnswer,
    compared.coveredByAll,
    compared.missingPrompt,
    compared.missingExample,
    substituted,
    substituted * compared.inPlace,
    substituted * own,
    compared.moreMissingPrompt,
    compared.moreMissingExample,
    compared.frame,
    compared.frame - compared.coveredPrompt,
    compared.coverLead,
    translated,
    translated * meant,
    translated * compared.coveredPrompt,
    Math.min(3, compared.information) / 3,
    standing.knownLength,
    standing.agrees ? 1 : 0,
    Math.min(5, Math.log(standing.answers)) / 5,
    Math.min(5, Math.log(Math.max(1, standing.examples))) / 5,
  ];
}

/** Beyond this information a word says nothing about the frame of a question. */
const framing = 0.5;
const framePseudo = 0.3;
const tiny = 1e-6;

/** Holds the words of a prompt against those of the nearest example, and the reverse. */
function compare({ prompt, example, rival, answer, isTaught }: Wording) {
  let information = tiny;
  let covered = 0;
  let byAnswer = 0;
  let byRival = 0;
  let byAll = 0;
  let frameSum = framePseudo;
  let frameMet = 0;
  const missing = { most: 0, sum: 0, at: -1 };
  for (const [at, word] of prompt.entries()) {
    const match = bestMatch(word, example);
    const inAnswer = Math.max(match, answer.has(word.stem) ? 1 : 0);
    information += word.information;
    covered += word.information * match;
    byRival += word.information * bestMatch(word, rival);
    byAnswer += word.information * inAnswer;
    if (isTaught(word.stem)) byAll += word.information;
    const frame = Math.max(0, 1 - word.information / framing);
    frameSum += frame;
    if (match === 1) frameMet += frame;
    note(missing, word.information * (1 - inAnswer), at);
  }
  let told = tiny;
  let coveredExample = 0;
  const missingExample = { most: 0, sum: 0, at: -1 };
  for (const [at, word] of example.entries()) {
    const match = bestMatch(word, prompt);
    told += word.information;
    coveredExample += word.information * match;
    note(missingExample, word.information * (1 - match), at);
  }
  return {
    information,
    coveredPrompt: covered / information,
    coveredExample: coveredExample / told,
    coveredByAnswer: byAnswer / information,
    coveredByAll: byAll / information,
    coverLead: (covered - byRival) / information,
    missingPrompt: missing.most,
    missingExample: missingExample.most,
    substituted: Math.min(missing.most, missingExample.most),
    inPlace: neighboursShared(prompt, missing.at, example, missingExample.at),
    moreMissingPrompt: Math.min(2, missing.sum - missing.most) / 2,
    moreMissingExample: Math.min(2, missingExample.sum - missingExample.most) / 2,
    frame: frameMet / frameSum,
  };
}

/** Whether the prompt and the example of the answer are in languages of different scripts. */
const isTranslated = ({ prompt, example }: Wording): boolean =>
  prompt.length > 0 && example.length > 0 && isCyrillic(prompt) !== isCyrillic(example);

function isCyrillic(words: readonly TellingWord[]): boolean {
  const cyrillic = words.filter(({ stem }) => /\p{Script=Cyrillic}/u.test(stem)).length;
  return cyrillic * 2 > words.length;
}

function note(missing: { most: number; sum: number; at: number }, value: number, at: number) {
  missing.sum += value;
  if (value <= missing.most) return;
  missing.most = value;
  missing.at = at;
}

const bestMatch = (word: TellingWord, others: readonly TellingWord[]): number =>
  others.reduce((best, other) => Math.max(best, likeness(word, other)), 0);

/** 0, .5 or 1: on how many sides two words have the same neighbour, or none. */
function neighboursShared(
  left: readonly TellingWord[],
  leftAt: number,
  right: readonly TellingWord[],
  rightAt: number,
): number {
  if (leftAt < 0 || rightAt < 0) return 0;
  const same = (step: 1 | -1) => left[leftAt + step]?.stem === right[rightAt + step]?.stem;
  return ((same(-1) ? 1 : 0) + (same(1) ? 1 : 0)) / 2;
}

const clip = (value: number, least: number, most: number): number =>
  Math.max(least, Math.min(most, value));

const rank = (value: number, { mean, deviation }: Spread): number =>
  clip((value - mean) / (deviation + 0.03), -2, 4) / 4;
