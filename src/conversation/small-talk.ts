import { wordsOf } from "../storage/words.ts";
import { phrasePattern, spokenWords, type PhrasePattern } from "./phrase-pattern.ts";
import {
  fillers,
  phrases,
  signs,
  smallTalkKinds,
  type SmallTalkKind,
} from "./small-talk-phrases.ts";

/** Longer messages tell something. */
const mostWords = 24;
const longestMessage = 300;

/** What a message that says several kinds of small talk is answered to: the first of these. */
const weight: readonly SmallTalkKind[] = [
  "who-are-you",
  "what-can-you-do",
  "how-are-you",
  "swearing",
  "goodbye",
  "thanks",
  "praise",
  "acknowledgement",
  "greeting",
];

/** What a message of small talk says. */
export type SmallTalk = {
  /** What its answer is about. */
  readonly kind: SmallTalkKind;
  /** Whether it greets besides. */
  readonly greets: boolean;
};

/**
 * What a message says that is nothing but small talk; `undefined` for all others, also for a question
 * that begins with a greeting. `names`: what the bot is called here.
 */
export function smallTalkIn(text: string, names: readonly string[] = []): SmallTalk | undefined {
  if (text.length > longestMessage) return undefined;
  const words = spokenWords(text);
  if (words.length === 0) return signsIn(text);
  if (words.length > mostWords) return undefined;
  const kinds = kindsIn(words, new Set(names.flatMap(wordsOf)));
  const kind = weight.find((each) => kinds?.has(each));
  return kind && { kind, greets: kind !== "greeting" && kinds!.has("greeting") };
}

/** How many characters at the start of a text greet, and say whom: 0 when what is asked begins at once. */
export function mannersAtStart(text: string): number {
  const places = [...text.slice(0, longestMessage).matchAll(/[\p{L}\p{M}]+|\p{N}+/gu)];
  const words = places.map(([word]) => spokenWords(word)[0] ?? word);
  let end = 0;
  for (const { kind, pattern } of patternsFrom(words[0] ?? ""))
    if (kind === "greeting") end = Math.max(end, ...pattern.endsIn(words, 0));
  while (end > 0 && end < words.length && addressed.has(words[end]!)) end += 1;
  return end > 0 && end < words.length ? places[end]!.index : 0;
}

/** Whom a greeting is said to; other fillers may begin the question itself. */
const addressed: ReadonlySet<string> = new Set(
  "bot apprentice there everyone everybody guys folks team бот всем ребята друзья коллеги".split(
    " ",
  ),
);

/** Ways of saying a kind in both languages: what a community may have taught an answer to. */
export const wordingsOf = (wanted: SmallTalkKind): readonly string[] =>
  patterns().flatMap(({ kind, pattern }) =>
    kind === wanted ? pattern.wordings(mostWordings) : [],
  );

/** So many ways of saying one phrase are tried. */
const mostWordings = 8;

const signsIn = (text: string): SmallTalk | undefined => {
  const kind = signs.find(([, pattern]) => pattern.test(text))?.[0];
  return kind && { kind, greets: false };
};

type Kind = SmallTalkKind | "filler";
type KindPattern = { readonly kind: Kind; readonly pattern: PhrasePattern };
let read: readonly KindPattern[] | undefined;
let startingWith: ReadonlyMap<string, readonly KindPattern[]> | undefined;

const patterns = () =>
  (read ??= [
    ...smallTalkKinds.flatMap((kind) =>
      phrases[kind].map((template) => ({ kind, pattern: phrasePattern(template) })),
    ),
    ...fillers.map((line) => ({ kind: "filler" as const, pattern: phrasePattern(`(${line})`) })),
  ]);

function patternsFrom(word: string): readonly KindPattern[] {
  startingWith ??= patternsByStart();
  return startingWith.get(word) ?? [];
}

function patternsByStart(): ReadonlyMap<string, readonly KindPattern[]> {
  const byStart = new Map<string, KindPattern[]>();
  for (const each of patterns())
    for (const word of each.pattern.starts) byStart.set(word, [...(byStart.get(word) ?? []), each]);
  return byStart;
}

/**
 * The kinds of the phrases that make up all the words, in as few phrases as possible; `undefined` when
 * a word is left over.
 */
function kindsIn(
  words: readonly string[],
  names: ReadonlySet<string>,
): ReadonlySet<Kind> | undefined {
  const ways: (readonly Kind[] | undefined)[] = [[]];
  for (let from = 0; from < words.length; from++) {
    const way = ways[from];
    if (!way) continue;
    const reach = (end: number, kind: Kind): void => {
      const known = ways[end];
      if (!known || known.length > way.length + 1) ways[end] = [...way, kind];
    };
    if (names.has(words[from]!)) reach(from + 1, "filler");
    for (const { kind, pattern } of patternsFrom(words[from]!))
      for (const end of pattern.endsIn(words, from)) if (end > from) reach(end, kind);
  }
  return ways[words.length] && new Set(ways[words.length]);
}
