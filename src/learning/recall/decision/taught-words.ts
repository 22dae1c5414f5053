import { normalizeText, wordsOf } from "../../../storage/words.ts";
import type { ExampleStore } from "../example-store.ts";
import { isLanguage } from "./background.ts";
import { isOneSlip } from "./one-slip.ts";

/** Shorter words are too like each other to be repaired. */
const shortestRepaired = 4;
/** A word of three Latin letters may only gain one. */
const shortWord = /^[a-z]{3}$/;
const word = /[\p{L}\p{M}]+/gu;

/** The words of the prompts that count, and how many prompts hold each: what slips are repaired to. */
export class TaughtWords {
  readonly #store: ExampleStore;
  /** Made when it is first needed. By the length of the words, which a slip changes by one at most. */
  #byLength: Map<number, Map<string, number>> | undefined;

  constructor(store: ExampleStore) {
    this.#store = store;
  }

  /** Told of every prompt that begins or ceases to count. */
  recount(prompt: string, change: 1 | -1): void {
    if (this.#byLength) countWords(this.#byLength, prompt, change);
  }

  /**
   * A word that neither the language nor the community knows, one slip from a taught one, becomes
   * that word. The prompt itself where there is nothing to repair.
   */
  repair(prompt: string): string {
    const byLength = (this.#byLength ??= this.#count());
    const text = normalizeText(prompt);
    const repaired = text.replace(word, (written) => meant(byLength, written) ?? written);
    return repaired === text ? prompt : repaired;
  }

  #count(): Map<number, Map<string, number>> {
    const byLength = new Map<number, Map<string, number>>();
    for (const example of this.#store.activeExamples())
      countWords(byLength, this.#store.learnedPrompt(example), 1);
    return byLength;
  }
}

function countWords(
  byLength: Map<number, Map<string, number>>,
  prompt: string,
  change: 1 | -1,
): void {
  for (const each of new Set(wordsOf(prompt))) {
    const counts = byLength.get(each.length) ?? new Map<string, number>();
    byLength.set(each.length, counts);
    const count = (counts.get(each) ?? 0) + change;
    if (count > 0) counts.set(each, count);
    else counts.delete(each);
  }
}

/** The taught word that was meant; of several the one that more prompts hold. */
function meant(
  byLength: ReadonlyMap<number, ReadonlyMap<string, number>>,
  written: string,
): string | undefined {
  const isShort = shortWord.test(written);
  if (written.length < shortestRepaired && !isShort) return undefined;
  if (byLength.get(written.length)?.has(written) || isLanguage(written)) return undefined;
  let best: string | undefined;
  let most = 0;
  const lengths = isShort ? [4] : [written.length - 1, written.length, written.length + 1];
  for (const length of lengths) {
    if (length < 3) continue;
    for (const [taught, count] of byLength.get(length) ?? []) {
      if (count < most || !isOneSlip(written, taught)) continue;
      if (count === most && best !== undefined && best < taught) continue;
      best = taught;
      most = count;
    }
  }
  return best;
}
