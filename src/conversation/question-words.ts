import { isFunctionWord } from "../learning/recall/function-words.ts";
import { normalizeText } from "../storage/words.ts";

/** A word of a text with its place in it. */
export type PlacedWord = { readonly word: string; readonly from: number; readonly to: number };

/** The words of a text, normalised, and where each stands; "don't" is one word. */
export const placedWords = (text: string): PlacedWord[] =>
  Array.from(text.matchAll(/[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*/gu), (match) => ({
    word: normalizeText(match[0]),
    from: match.index,
    to: match.index + match[0].length,
  }));

const listOf = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/u));

/** Words that ask for something: a question that is cut short keeps one of these. */
export const asking = listOf(`
  why when where who whom whose how what which
  почему зачем отчего когда где куда откуда кто кого кому кем как какой какая какое какие какую каким
  каких какого какому сколько почем чей чья чье чьи что чего чему чем который которая
`);

/** Words that begin a question that wants a yes or a no. */
export const deciding = listOf(`
  is are am was were do does did can could may might shall should will would must has have had
  isn't aren't don't doesn't didn't can't couldn't won't wouldn't shouldn't any anyone anybody
  можно нельзя могу можем может можешь можете есть надо нужно ли разве неужели правда разрешено
  разрешается бывает будет работает
`);

/** "Do you", "у вас": what may stand between the start of a question and its first telling word. */
const subjects = listOf(
  `you u there it they we i one this that he she у вы ты вас тебя я мне нам мы`,
);

/** Words that stand for something that was said before. */
export const pointing = listOf(`
  it its they them their this that those these there one ones he she him her
  он она оно они его ее их ему ей им ним ней них это этот эта эти этого туда там такой такая такое такие
`);

/** Words that join a message to what was said before it. */
const joining = listOf(`
  and but or so also then well ok okay plus again still
  а и но или ну так тогда также еще ладно ок хорошо да
`);
const abouts = [
  "what about",
  "how about",
  "what if",
  "same for",
  "the same for",
  "same question for",
  "as for",
  "как насчет",
  "что насчет",
  "как быть с",
  "как быть со",
  "что с",
  "что со",
  "что по",
  "насчет",
  "что если",
  "что касается",
  "что касательно",
].map((phrase) => phrase.split(" "));

/** What is left of a text behind the words that join it to something before. */
export type Joined = {
  readonly rest: string;
  readonly words: readonly string[];
  readonly isJoined: boolean;
  /** Whether it said "what about". */
  readonly isAbout: boolean;
};

export function joined(text: string): Joined {
  const words = placedWords(text);
  let at = 0;
  while (at < words.length && joining.has(words[at]!.word)) at += 1;
  const about = abouts.find((phrase) =>
    phrase.every((word, place) => words[at + place]?.word === word),
  );
  if (about) at += about.length;
  if (at >= words.length) return { rest: "", words: [], isJoined: false, isAbout: false };
  return {
    rest: text.slice(words[at]!.from, words.at(-1)!.to),
    words: words.slice(at).map(({ word }) => word),
    isJoined: at > 0,
    isAbout: about !== undefined,
  };
}

/** Whether a text is put as a question: by its mark, or by how it begins. */
export function isAsked(text: string): boolean {
  if (/\?\s{0,9}["»)]?\s{0,9}$/u.test(text.slice(-24))) return true;
  return beginsAsking(joined(text).words);
}

/** Whether words begin as a question does, perhaps behind a preposition. */
export function beginsAsking(words: readonly string[]): boolean {
  const [first = "", second = ""] = words;
  if (asking.has(first) || deciding.has(first)) return true;
  if (first === "у" && (second === "вас" || second === "тебя")) return true;
  if (first === "i" || second === "ли") return second === "ли";
  return isPreposition(first) && asking.has(second);
}

const prepositions = listOf(`
  on in at for with by to from of about until till since during before after near without
  в во на с со у к ко по для при про без до после из от за под над через о об около ближе
`);
export const isPreposition = (word: string): boolean => prepositions.has(word);

/** How many words at the start of a question only ask: "how much is", "у вас есть". */
export function askingWords(words: readonly string[]): number {
  let at = 0;
  if (isPreposition(words[0] ?? "") && asking.has(words[1] ?? "")) at = 1;
  while (at < words.length && (asking.has(words[at]!) || quantities.has(words[at]!))) at += 1;
  return at;
}

/** The same with the verb and the one who is asked. */
export function openingWords(words: readonly string[]): number {
  let at = askingWords(words);
  while (at < words.length && (deciding.has(words[at]!) || subjects.has(words[at]!))) at += 1;
  return at;
}

const quantities = listOf(`much many long often far old big late early exactly стоит`);

/** Whether a word names or does something, and does not only ask or point. */
export const isTelling = (word: string): boolean =>
  !isFunctionWord(word) && !asking.has(word) && !deciding.has(word) && !pointing.has(word);

/** Verbs that every question may have: they name nothing. */
const usual: ReadonlySet<string> = new Set(
  `much many long often far late early cost costs start starts begin begins end ends happen happens work works take takes exactly
  стоит стоят стоил проходит проходят находится находятся работает работают начинается заканчивается
  длится будет бывает происходит нельзя точно`.split(/\s+/u),
);

/** Whether a word stands for a thing: "this" before a thing only points at it, "is there" asks for one. */
export function isPointing(words: readonly string[], at: number): boolean {
  const word = words[at]!;
  if (!pointing.has(word)) return false;
  if (word === "there") return at > 0 && !/^(?:is|are|was|were)$/u.test(words[at - 1]!);
  return !/^(?:this|that|these|those|one|эт(?:от|а|и|о|ого)|так(?:ой|ая|ое|ие))$/u.test(word)
    ? true
    : !isTelling(words[at + 1] ?? "и");
}

/** The words that name what a text is about. */
export const thingsIn = (words: readonly string[]): readonly string[] =>
  words.filter((word) => isTelling(word) && !usual.has(word));
