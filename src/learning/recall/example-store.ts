import { HashChains } from "./hash-chains.ts";
import { hashText } from "./hash.ts";
import { promptKey } from "../../storage/prompt-key.ts";
import type { Taught } from "./recall.ts";
import { TextArena } from "./text-arena.ts";
import { withRoom } from "./typed-arrays.ts";

export type PackedExamples = {
  readonly texts: Uint8Array;
  readonly ids: Uint32Array;
  readonly idHashes: Uint32Array;
  readonly prompts: Uint32Array;
  readonly keyHashes: Uint32Array;
  readonly answers: Int32Array;
  readonly flags: Uint8Array;
  readonly answerIds: Uint32Array;
  readonly answerTexts: Uint32Array;
  readonly answerHashes: Uint32Array;
};

/** The hash of no text: of an answer that nobody gives any more. */
const forgottenHash = 0;

const flag = { active: 1, negative: 2, corrects: 4, exact: 8 } as const;

/** Which answer an example is about; `null`: to say that it is not known. */
export const answerIdOf = ({ answerId, answer }: Taught): string | null =>
  answerId === undefined ? answer : answerId;

/** The answer number of an example whose right answer is "I do not know". */
export const noAnswer = -1;

/**
 * The examples of one workspace, numbered in the order in which they were taught, and their
 * answers, numbered as they first came up. A removed example keeps its number until the store is
 * rebuilt, so that adding it again puts it back in its place.
 */
export class ExampleStore {
  /** How many numbers are in use, removed examples included. */
  count = 0;
  /** How many examples count. */
  active = 0;
  answerCount = 0;
  /** For each answer how many active positive examples it has. */
  support: Int32Array = new Int32Array(16);
  answers: Int32Array = new Int32Array(16);
  flags: Uint8Array = new Uint8Array(16);
  #texts = new TextArena();
  #ids: Uint32Array = new Uint32Array(16);
  #prompts: Uint32Array = new Uint32Array(16);
  #answerIds: Uint32Array = new Uint32Array(16);
  #answerTexts: Uint32Array = new Uint32Array(16);
  #previous: Int32Array = new Int32Array(16);
  #newest: Int32Array = new Int32Array(16);
  #byId = new HashChains();
  #byKey = new HashChains();
  #byAnswerId = new HashChains();

  static unpack(packed: PackedExamples): ExampleStore {
    const store = new ExampleStore();
    store.#texts = TextArena.unpack(packed.texts);
    store.#answerIds = packed.answerIds;
    store.#answerTexts = packed.answerTexts;
    store.answerCount = packed.answerTexts.length;
    store.#byAnswerId = new HashChains(packed.answerHashes);
    store.support = new Int32Array(store.answerCount);
    store.#newest = new Int32Array(store.answerCount);
    store.#ids = packed.ids;
    store.#prompts = packed.prompts;
    store.answers = packed.answers;
    store.flags = packed.flags;
    store.#previous = new Int32Array(packed.ids.length);
    store.#byId = new HashChains(packed.idHashes);
    store.#byKey = new HashChains(packed.keyHashes);
    for (; store.count < packed.ids.length; store.count++) {
      store.#linkToAnswer(store.count);
      store.#support(store.count, 1);
    }
    return store;
  }

  /** The numbers of the examples that count, in order. */
  activeExamples(): Int32Array {
    const examples = new Int32Array(this.active);
    let kept = 0;
    for (let example = 0; example < this.count; example++)
      if (this.isActive(example)) examples[kept++] = example;
    return examples;
  }

  /**
   * What counts, and nothing else: removed examples are left out and the others move up, in the
   * order of `activeExamples`. Answers keep their numbers; the words of one that no example has are
   * left out too.
   */
  pack(): PackedExamples {
    const kept = this.activeExamples();
    const texts = new TextArena();
    const keyHashes = this.#byKey.hashes;
    const idHashes = this.#byId.hashes;
    const answerHashes = this.#byAnswerId.hashes;
    const packed: PackedExamples = {
      texts: new Uint8Array(0),
      ids: new Uint32Array(kept.length),
      idHashes: Uint32Array.from(kept, (example) => idHashes[example]!),
      prompts: new Uint32Array(kept.length),
      keyHashes: Uint32Array.from(kept, (example) => keyHashes[example]!),
      answers: Int32Array.from(kept, (example) => this.answers[example]!),
      flags: Uint8Array.from(kept, (example) => this.flags[example]!),
      answerIds: new Uint32Array(this.answerCount),
      answerTexts: new Uint32Array(this.answerCount),
      answerHashes: new Uint32Array(this.answerCount).fill(forgottenHash),
    };
    for (const [place, example] of kept.entries()) {
      packed.ids[place] = texts.copy(this.#texts, this.#ids[example]!);
      packed.prompts[place] = texts.copy(this.#texts, this.#prompts[example]!);
    }
    const nothing = texts.add("");
    packed.answerIds.fill(nothing);
    packed.answerTexts.fill(nothing);
    for (const answer of packed.answers) {
      if (answer === noAnswer || packed.answerIds[answer] !== nothing) continue;
      const [id, text] = [this.#answerIds[answer]!, this.#answerTexts[answer]!];
      packed.answerIds[answer] = texts.copy(this.#texts, id);
      packed.answerTexts[answer] =
        text === id ? packed.answerIds[answer] : texts.copy(this.#texts, text);
      packed.answerHashes[answer] = answerHashes[answer]!;
    }
    return { ...packed, texts: texts.pack() };
  }

  /** Takes a new example in and tells its number. */
  add(taught: Taught): number {
    const example = this.count++;
    this.#ids = withRoom(this.#ids, this.count);
    this.#prompts = withRoom(this.#prompts, this.count);
    this.#previous = withRoom(this.#previous, this.count);
    this.answers = withRoom(this.answers, this.count);
    this.flags = withRoom(this.flags, this.count);
    this.#ids[example] = this.#texts.add(taught.id);
    this.#prompts[example] = this.#texts.add(taught.prompt);
    this.answers[example] = this.#answerNumber(answerIdOf(taught), taught.answer);
    this.flags[example] =
      (taught.label === "negative" ? flag.negative : 0) |
      (taught.corrects ? flag.corrects : 0) |
      (taught.reach === "exact" ? flag.exact : 0);
    this.#byId.add(hashText(taught.id));
    this.#byKey.add(hashText(promptKey(taught.prompt)));
    this.#linkToAnswer(example);
    this.activate(example);
    return example;
  }

  activate(example: number): void {
    this.flags[example]! |= flag.active;
    this.#support(example, 1);
  }

  deactivate(example: number): void {
    this.flags[example]! &= ~flag.active;
    this.#support(example, -1);
  }

  /** The newest example with this id, active or not. */
  find(id: string): number | undefined {
    for (const example of this.#byId.withHash(hashText(id)))
      if (this.id(example) === id) return example;
    return undefined;
  }

  /** Whether the example at this number says just what `taught` says. */
  equals(example: number, taught: Taught): boolean {
    return (
      this.prompt(example) === taught.prompt &&
      this.answerId(example) === answerIdOf(taught) &&
      this.isGeneral(example) === (taught.reach !== "exact") &&
      this.isNegative(example) === (taught.label === "negative") &&
      this.corrects(example) === taught.corrects
    );
  }

  /** The active examples with the very same prompt, newest first. */
  samePrompt(prompt: string): number[] {
    const key = promptKey(prompt);
    if (key === "") return [];
    return [...this.#byKey.withHash(hashText(key))]
      .filter((example) => this.isActive(example) && promptKey(this.prompt(example)) === key)
      .toSorted((first, second) => (this.id(first) < this.id(second) ? 1 : -1));
  }

  /** The active positive examples of an answer, newest first. */
  *examplesOf(answer: number): Generator<number> {
    for (
      let example = this.#newest[answer]! - 1;
      example >= 0;
      example = this.#previous[example]! - 1
    )
      if (this.isActive(example) && !this.isNegative(example)) yield example;
  }

  id = (example: number): string => this.#texts.read(this.#ids[example]!);
  prompt = (example: number): string => this.#texts.read(this.#prompts[example]!);
  answer = (example: number): string | null => this.answerText(this.answers[example]!);
  answerId = (example: number): string | null => this.idOfAnswer(this.answers[example]!);
  idOfAnswer = (answer: number): string | null =>
    answer === noAnswer ? null : this.#texts.read(this.#answerIds[answer]!);
  /** The words of an answer, `null` where they were forgotten. */
  answerText = (answer: number): string | null =>
    answer === noAnswer ? null : this.#texts.read(this.#answerTexts[answer]!) || null;
  /** What is learned of an example: nothing of one that counts for its very prompt alone. */
  learnedPrompt = (example: number): string =>
    this.isGeneral(example) ? this.prompt(example) : "";
  isActive = (example: number): boolean => (this.flags[example]! & flag.active) !== 0;
  isNegative = (example: number): boolean => (this.flags[example]! & flag.negative) !== 0;
  isGeneral = (example: number): boolean => (this.flags[example]! & flag.exact) === 0;
  corrects = (example: number): boolean => (this.flags[example]! & flag.corrects) !== 0;

  /** The number of an answer that was taught before, or `undefined`. */
  findAnswer(id: string): number | undefined {
    for (const answer of this.#byAnswerId.withHash(hashText(id)))
      if (this.idOfAnswer(answer) === id) return answer;
    return undefined;
  }

  /** Gives an answer new words; `null` forgets them. An answer that was never taught has none. */
  setText(id: string, text: string | null): void {
    const answer = this.findAnswer(id);
    if (answer === undefined || this.answerText(answer) === text) return;
    this.#answerTexts[answer] = this.#texts.add(text ?? "");
  }

  #answerNumber(id: string | null, text: string | null): number {
    if (id === null) return noAnswer;
    const known = this.findAnswer(id);
    if (known !== undefined) {
      this.setText(id, text);
      return known;
    }
    const answer = this.answerCount++;
    this.support = withRoom(this.support, this.answerCount);
    this.#newest = withRoom(this.#newest, this.answerCount);
    this.#answerIds = withRoom(this.#answerIds, this.answerCount);
    this.#answerTexts = withRoom(this.#answerTexts, this.answerCount);
    this.#answerIds[answer] = this.#texts.add(id);
    this.#answerTexts[answer] = text === id ? this.#answerIds[answer] : this.#texts.add(text ?? "");
    this.#byAnswerId.add(hashText(id));
    return answer;
  }

  #linkToAnswer(example: number): void {
    const answer = this.answers[example]!;
    if (answer === noAnswer) return;
    this.#previous[example] = this.#newest[answer]!;
    this.#newest[answer] = example + 1;
  }

  #support(example: number, change: 1 | -1): void {
    this.active += change;
    const answer = this.answers[example]!;
    if (answer !== noAnswer && !this.isNegative(example)) this.support[answer]! += change;
  }
}
