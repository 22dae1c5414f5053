import type { LocalHead } from "./local-heads.ts";
import { believeLocally, localNeighbours } from "./local-belief.ts";
import { noAnswer } from "./example-store.ts";
import type { Belief } from "./evidence.ts";
import { seededRandom, shuffle } from "./random.ts";
import { localTrainer } from "./train-local-heads.ts";
import type { LocalTask } from "./train-local-heads.ts";

/** What local heads that never saw a prompt make of it. */
export type Trial = {
  readonly belief: Belief;
  /** The right answer; `noAnswer` when the heads that were asked could not know it. */
  readonly answer: number;
};

const most = { known: 300, unknown: 75 } as const;

/**
 * Asks local heads about prompts that they were not trained on: one example of every answer is held
 * back, so that none has an advantage over the one that is right, and some answers are hidden
 * altogether. Heads are trained anew as they are asked.
 */
export function localTrials(
  task: LocalTask,
  seed: number,
  progress?: (done: number) => void,
): Trial[] {
  const { store, vocabulary, index } = task.model;
  const random = seededRandom(seed + 1);
  const order = Int32Array.from({ length: store.answerCount }, (_, answer) => answer);
  shuffle(order, random);
  const held = new Set<number>();
  const asked: { readonly example: number; readonly answer: number }[] = [];
  let known = 0;
  let unknown = 0;
  for (const answer of order) {
    const own = [...store.examplesOf(answer)].filter(task.counts);
    const [example] = own;
    if (example === undefined) continue;
    const hide = unknown < most.unknown && (unknown + 1) * 4 <= known + 1;
    if (hide) {
      unknown++;
      asked.push({ example, answer: noAnswer });
      for (const each of own) held.add(each);
    } else if (own.length > 1) {
      held.add(example);
      if (known === most.known) continue;
      known++;
      asked.push({ example, answer });
    }
  }
  const counts = (example: number) => task.counts(example) && !held.has(example);
  const recount = (change: 1 | -1) => {
    for (const example of held) {
      vocabulary.extractor.extract(store.learnedPrompt(example));
      vocabulary.recount(change);
    }
  };
  const train = localTrainer({ ...task, counts });
  const trained = new Map<number, LocalHead | undefined>();
  const headOf = (answer: number) => {
    if (!trained.has(answer)) trained.set(answer, train(answer));
    return trained.get(answer);
  };
  recount(-1);
  const trials = asked.map(({ example, answer }, place): Trial => {
    const vector = vocabulary.vectorOf(store.prompt(example), task.model.meanings.of(example));
    const neighbours = index.search(vector, localNeighbours, counts);
    const belief = believeLocally(store, headOf, vector, neighbours);
    progress?.((place + 1) / asked.length);
    return { belief, answer };
  });
  recount(1);
  return trials;
}
