import type { Recall, Taught } from "../src/learning/recall/recall.ts";
import { trained } from "./learner-training.ts";
import type { Row } from "./learner-training.ts";
import { median, quantile } from "./statistics.ts";

const most = 100;

/** The same question as others might put it. */
const variations: Record<string, (prompt: string) => string> = {
  please: (prompt) => `${prompt} please`,
  greeting: (prompt) => `hey bot, ${prompt}`,
  noSigns: (prompt) => prompt.replace(/[^\p{L}\p{N}\s]/gu, ""),
  upper: (prompt) => prompt.toUpperCase(),
  typo: (prompt) => changeLongest(prompt, (word) => `${word[1]}${word[0]}${word.slice(2)}`),
  dropped: (prompt) =>
    prompt
      .split(" ")
      .toSpliced(Math.floor(prompt.split(" ").length / 2), 1)
      .join(" "),
  swapped: (prompt) => {
    const words = prompt.split(" ");
    const middle = words.length >> 1;
    return [...words.slice(middle), ...words.slice(0, middle)].join(" ");
  },
};

/**
 * Corrects wrong answers one after another. Baseline: the same corrections, everything trained
 * anew with them.
 */
export async function correctAll(train: readonly Row[], test: readonly Row[]): Promise<object> {
  const recall = await trained(train, 1);
  const before = guesses(recall, test);
  const wrong = test
    .filter((row, at) => before[at] !== row.answer && row.answer !== null)
    .slice(0, most);
  const corrections: Taught[] = wrong.map(({ prompt, answer }, at) => ({
    id: `c${at}`,
    prompt,
    answer,
    label: "positive",
    corrects: true,
  }));
  const removed = new Set<string>();
  let fixedAtOnce = 0;
  const times = corrections.map((correction) => {
    const rejected = recall.recollect(correction.prompt).guess;
    const started = performance.now();
    const remove = recall.taughtAt(correction.prompt);
    // An earlier correction may have mended this one: then nothing is rejected.
    const add =
      rejected === correction.answer ? [correction] : [correction, rejection(correction, rejected)];
    recall.apply({ add, remove });
    const found = recall.recollect(correction.prompt);
    const took = performance.now() - started;
    if (found.answer === correction.answer) fixedAtOnce++;
    for (const id of remove) removed.add(id);
    return took;
  });
  const corrected = new Set(wrong.map(({ prompt }) => prompt));
  const others = test.flatMap((row, at) =>
    corrected.has(row.prompt) ? [] : [{ row, before: before[at] }],
  );
  const collateral = (memory: Recall) => ({
    broken: others.filter(
      (each) => each.before === each.row.answer && guess(memory, each.row) !== each.row.answer,
    ).length,
    newlyRight: others.filter(
      (each) => each.before !== each.row.answer && guess(memory, each.row) === each.row.answer,
    ).length,
    of: others.length,
  });
  const online = collateral(recall);
  const perturbed = perturbedRight(recall, wrong);
  const fixedAtEnd = wrong.filter((row) => guess(recall, row) === row.answer).length;
  await recall.refit();
  const kept = train.filter((_, at) => !removed.has(`e${at}`));
  const batch = await trained([...kept, ...wrong], 1);
  return {
    corrections: wrong.length,
    superseded: removed.size,
    fixedAtOnce,
    fixedAtEnd,
    perturbed,
    milliseconds: { p50: median(times), p95: quantile(times, 0.95) },
    online,
    afterRefit: collateral(recall),
    baselineBatch: { ...collateral(batch), perturbed: perturbedRight(batch, wrong) },
  };
}

const rejection = (correction: Taught, rejected: string | null): Taught => ({
  ...correction,
  id: `${correction.id}-`,
  answer: rejected,
  label: "negative",
  corrects: false,
});

/** For each variation the percentage of corrected prompts that are still right. */
function perturbedRight(recall: Recall, corrected: readonly Row[]): Record<string, number> {
  return Object.fromEntries(
    Object.entries(variations).map(([name, vary]) => {
      const right = corrected.filter(
        ({ prompt, answer }) => recall.recollect(vary(prompt)).guess === answer,
      );
      return [name, (100 * right.length) / corrected.length];
    }),
  );
}

const guesses = (recall: Recall, rows: readonly Row[]) => rows.map((row) => guess(recall, row));
const guess = (recall: Recall, { prompt }: Row): string | null => recall.recollect(prompt).guess;

function changeLongest(prompt: string, change: (word: string) => string): string {
  const words = prompt.split(" ");
  const longest = words.reduce(
    (best, word, at) => (word.length > words[best]!.length ? at : best),
    0,
  );
  return words.with(longest, change(words[longest]!)).join(" ");
}
