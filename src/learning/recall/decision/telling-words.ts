import { stem, wordsOf } from "../../../storage/words.ts";
import type { InstantEncoder } from "../../../encoders/encoder.ts";
import { informationOf } from "./background.ts";
import { isOneSlip } from "./one-slip.ts";

/** A word of a prompt, and what it is compared by. */
export type TellingWord = {
  readonly stem: string;
  /** How much it tells about the subject, 0..1. */
  readonly information: number;
  readonly trigrams: ReadonlySet<string>;
  /** What it means by itself; `null` for numbers and where there is no encoder. */
  readonly meaning: Int8Array | null;
};

const slipLikeness = 0.9;
const leastTrigramLikeness = 0.45;
/** Words that mean the same are as alike as this at most, from this cosine on. */
const soft = { most: 0.9, from: 0.5, span: 0.35, leastInformation: 0.15 } as const;
const fullCosine = 127 ** 2;

/** Of each list one word is never another one, however near their meanings lie. */
const apart: readonly (readonly string[])[] = [
  "monday tuesday wednesday thursday friday saturday sunday понедельник вторник среда четверг пятница суббота воскресенье",
  "today tomorrow yesterday сегодня завтра вчера",
  "january february march april may june july august september october november december январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
  "one two three four five six seven eight nine ten hundred thousand первый второй третий один два три четыре пять шесть семь восемь девять десять сто тысяча first second third",
  "morning evening night afternoon утро вечер ночь день",
  "buy sell купить продать",
  "open close открыть закрыть открывать закрывать",
  "start stop finish end начать закончить остановить начинать кончать",
  "on off включить выключить включать выключать",
  "add remove delete добавить удалить убрать",
  "increase decrease увеличить уменьшить",
  "up down вверх вниз raise lower поднять опустить",
  "before after до после",
  "left right налево направо левый правый",
  "hot cold горячий холодный",
  "old new старый новый",
  "first last первый последний",
  "summer winter spring autumn лето зима весна осень",
  "mother father мать отец мама папа",
  "lock unlock запереть отпереть",
  "enter leave войти выйти вход выход entrance exit",
  "send receive отправить получить",
  "in out join quit вступить покинуть",
].map((words) => words.split(" ").map(stem));

/** The lists that each stem stands in. */
const listsOf = new Map<string, number[]>();
for (const [list, stems] of apart.entries())
  for (const each of stems) listsOf.set(each, [...(listsOf.get(each) ?? []), list]);

/**
 * Whether two words must not be taken for each other. Words of two languages may: Monday is
 * понедельник.
 */
function areApart(left: string, right: string): boolean {
  const lists = listsOf.get(left);
  if (!lists || isCyrillic(left) !== isCyrillic(right)) return false;
  return listsOf.get(right)?.some((list) => lists.includes(list)) ?? false;
}

const isCyrillic = (text: string): boolean => /\p{Script=Cyrillic}/u.test(text);

const remembered = new Map<string, readonly TellingWord[]>();
const mostRemembered = 4_000;

/** The words of a prompt, each once, in order. */
export function tellingWords(
  prompt: string,
  encoder: Pick<InstantEncoder, "wordOf"> | undefined,
): readonly TellingWord[] {
  const key = encoder ? prompt : ` ${prompt}`;
  const known = remembered.get(key);
  if (known) return known;
  const words = new Map<string, TellingWord>();
  for (const word of wordsOf(prompt)) {
    const own = stem(word);
    if (words.has(own)) continue;
    words.set(own, {
      stem: own,
      information: informationOf(word),
      trigrams: trigramsOf(own),
      meaning: encoder && /\p{L}/u.test(word) ? encoder.wordOf(word) : null,
    });
  }
  if (remembered.size >= mostRemembered) remembered.clear();
  const list = [...words.values()];
  remembered.set(key, list);
  return list;
}

/** How alike two words are, 0..1: by their letters, or by what they mean. */
export function likeness(left: TellingWord, right: TellingWord): number {
  const letters = likenessOfLetters(left, right);
  return letters >= slipLikeness ? letters : Math.max(letters, likenessOfMeaning(left, right));
}

function likenessOfLetters(left: TellingWord, right: TellingWord): number {
  if (left.stem === right.stem) return 1;
  if (areApart(left.stem, right.stem)) return 0;
  const shorter = Math.min(left.stem.length, right.stem.length);
  if (shorter < 4) return 0;
  if (isOneSlip(left.stem, right.stem)) return slipLikeness;
  if (left.stem[0] !== right.stem[0]) return 0;
  let shared = 0;
  for (const trigram of left.trigrams) if (right.trigrams.has(trigram)) shared++;
  const dice = (2 * shared) / (left.trigrams.size + right.trigrams.size);
  return dice >= leastTrigramLikeness ? dice : 0;
}

function likenessOfMeaning(left: TellingWord, right: TellingWord): number {
  const [one, other] = [left.meaning, right.meaning];
  if (!one || !other) return 0;
  if (left.information < soft.leastInformation || right.information < soft.leastInformation)
    return 0;
  let sum = 0;
  for (let axis = 0; axis < one.length; axis++) sum += one[axis]! * other[axis]!;
  const share = Math.max(0, Math.min(1, (sum / fullCosine - soft.from) / soft.span));
  return share === 0 || areApart(left.stem, right.stem) ? 0 : share * soft.most;
}

function trigramsOf(text: string): ReadonlySet<string> {
  const padded = ` ${text} `;
  const trigrams = new Set<string>();
  for (let at = 0; at + 3 <= padded.length; at++) trigrams.add(padded.slice(at, at + 3));
  return trigrams;
}
