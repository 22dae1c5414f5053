import { answerIdOf, noAnswer } from "./example-store.ts";
import type { ExampleStore } from "./example-store.ts";
import { demandOf } from "./heads.ts";
import type { Lesson } from "./heads.ts";
import { solveLocally } from "./local-solve.ts";
import type { Meanings } from "./meanings.ts";
import { register, setActive, vectorOfExample } from "./model.ts";
import type { Model } from "./model.ts";
import type { RecallChange, Taught } from "./recall.ts";
import { localTrainer } from "./train-local-heads.ts";

/** Larger changes only enter the index; the heads wait for the next refit. */
const mostAtOnce = 32;
export const isBulk = (examples: number): boolean => examples > mostAtOnce;
/** So many neighbours of all changed examples together are kept right; of each at least so many. */
const neighboursSolved = { together: 240, each: 40 } as const;

/** What a change did, and how to take it back. */
export type Learned = {
  readonly added: readonly string[];
  readonly removed: readonly Taught[];
  revert(): void;
};

/** Takes a change into the model at once. The heads move around the changed examples only. */
export function learn(model: Model, change: RecallChange): Learned {
  const { store } = model;
  const removed = removedBy(store, change);
  const bulk = isBulk(change.add.length + removed.length);
  const before = removed.map((example) => taughtAt(store, example, model.meanings));
  // A vector is taken before its example is forgotten: afterwards some features may be unknown.
  const forgotten = model.heads ? lessonsOf(model, removed) : [];
  for (const example of removed) setActive(model, example, -1);
  const added = change.add.flatMap((taught) => take(model, taught, bulk));
  const headsBack = bulk ? () => {} : relearnLocally(model, [...added, ...removed]);
  const takeBack = bulk ? forget(model, forgotten) : solve(model, added, forgotten);
  return {
    added: added.map(store.id),
    removed: before,
    revert: () => {
      for (const example of added) setActive(model, example, -1);
      for (const example of removed) setActive(model, example, 1);
      takeBack();
      headsBack();
    },
  };
}

/** The active examples that go: those named, and those that come back saying something else. */
function removedBy(store: ExampleStore, { add, remove }: RecallChange): number[] {
  const removed = new Set<number>();
  for (const id of remove) {
    const example = store.find(id);
    if (example !== undefined && store.isActive(example)) removed.add(example);
  }
  for (const taught of add) {
    const example = store.find(taught.id);
    if (example !== undefined && store.isActive(example) && !store.equals(example, taught))
      removed.add(example);
  }
  return [...removed];
}

/** Adds an example, or lets one that was removed count again; tells its number if that changes anything. */
function take(model: Model, taught: Taught, bulk: boolean): number[] {
  const { store } = model;
  const known = store.find(taught.id);
  if (known === undefined || !store.equals(known, taught)) return [register(model, taught, bulk)];
  if (store.isActive(known)) return [];
  setActive(model, known, 1);
  return [known];
}

/** Takes the share of removed examples out of the heads, and no more. */
function forget({ heads }: Model, forgotten: readonly Lesson[]): () => void {
  if (!heads) return () => {};
  const takeBacks = forgotten.map((lesson) =>
    solveLocally(heads, { added: [], removed: [lesson], neighbours: [] }),
  );
  return () => {
    for (const takeBack of takeBacks.toReversed()) takeBack();
  };
}

function solve(model: Model, added: readonly number[], forgotten: readonly Lesson[]): () => void {
  const { store, vocabulary, index, heads } = model;
  if (!heads) return () => {};
  const taughtBefore = heads.taught.slice();
  heads.makeRoom(vocabulary.size, store.answerCount);
  const lessons = lessonsOf(model, added);
  for (const { demand } of lessons)
    if (demand.answer >= 0 && !demand.negative) heads.taught[demand.answer] = 1;
  const changed = new Set([...added, ...forgotten.map(({ example }) => example)]);
  const near = new Set<number>();
  const sought = Math.max(
    neighboursSolved.each,
    Math.ceil(neighboursSolved.together / Math.max(1, changed.size)),
  );
  const searched = new Set<string>();
  for (const { example: own, vector } of [...lessons, ...forgotten]) {
    const prompt = store.prompt(own);
    if (searched.has(prompt)) continue;
    searched.add(prompt);
    for (const { example } of index.search(vector, sought, store.isActive))
      if (!changed.has(example)) near.add(example);
  }
  const neighbours = lessonsOf(model, [...near]);
  const takeBack = solveLocally(heads, { added: lessons, removed: forgotten, neighbours });
  return () => {
    takeBack();
    heads.taught.fill(0);
    heads.taught.set(taughtBefore);
  };
}

/** Trains the local heads of these examples' answers anew. */
function relearnLocally(model: Model, examples: readonly number[]): () => void {
  const { store, localHeads } = model;
  if (!localHeads) return () => {};
  const train = localTrainer({
    model,
    vectorOf: (example) => vectorOfExample(model, example),
    counts: store.isActive,
  });
  const answers = new Set(examples.map((example) => store.answers[example]!));
  answers.delete(noAnswer);
  const before = Array.from(answers, (answer) => [answer, localHeads.of(answer)] as const);
  for (const answer of answers) localHeads.set(answer, train(answer));
  return () => {
    for (const [answer, head] of before) localHeads.set(answer, head);
  };
}

/** What there is to learn from examples: nothing from those that count for their very prompt alone. */
const lessonsOf = (model: Model, examples: readonly number[]): Lesson[] =>
  examples.filter(model.store.isGeneral).map((example) => ({
    example,
    vector: vectorOfExample(model, example),
    demand: demandOf(model.store, example),
  }));

/** An example as it was taught. */
export function taughtAt(store: ExampleStore, example: number, meanings: Meanings): Taught {
  return {
    id: store.id(example),
    prompt: store.prompt(example),
    answerId: store.answerId(example),
    answer: store.answer(example),
    label: store.isNegative(example) ? "negative" : "positive",
    reach: store.isGeneral(example) ? "general" : "exact",
    corrects: store.corrects(example),
    vector: meanings.of(example)?.slice() ?? null,
  };
}

/** Whether `change` is just the opposite of what was learned. */
export function isOpposite(change: RecallChange, learned: Learned): boolean {
  return (
    sameIds(change.remove, learned.added) &&
    sameIds(
      change.add.map(({ id }) => id),
      learned.removed.map(({ id }) => id),
    ) &&
    change.add.every((taught) => {
      const removed = learned.removed.find(({ id }) => id === taught.id)!;
      return (
        removed.prompt === taught.prompt &&
        removed.answerId === answerIdOf(taught) &&
        removed.reach === (taught.reach ?? "general") &&
        removed.label === taught.label &&
        removed.corrects === taught.corrects
      );
    })
  );
}

function sameIds(left: readonly string[], right: readonly string[]): boolean {
  const ids = new Set(left);
  return ids.size === right.length && right.every((id) => ids.has(id));
}
