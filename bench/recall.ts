import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createRecall, restoreRecall } from "../src/learning/recall/embedded-recall.ts";
import type { Taught } from "../src/learning/recall/recall.ts";
import { seededRandom } from "../src/learning/recall/random.ts";
import { wordsOf } from "../src/storage/words.ts";
import { median, quantile } from "./statistics.ts";

/**
 * How fast the instant memory answers and learns, and what it weighs, when every prompt has an
 * answer of its own. Each size runs in a process of its own, so that memory is its own. Baseline:
 * a linear scan for the prompt that shares most words.
 */
export async function run(
  options: { data?: string; rounds?: number; sizes?: readonly number[] } = {},
): Promise<object> {
  const sizes = options.sizes ?? [1_000, 10_000, 100_000, 1_000_000];
  const results: object[] = [];
  for (const size of sizes) {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["--max-old-space-size=4096", fileURLToPath(import.meta.url), String(size)],
      { maxBuffer: 2 ** 24 },
    );
    results.push(JSON.parse(stdout) as object);
  }
  return { bench: "recall", prompts: "synthetic, words by Zipf's law, one answer each", results };
}

const queries = 1_000;
const corrections = 50;
const page = 1_000;

function measure(size: number): object {
  const random = seededRandom(size);
  const vocabulary = pseudoWords(30_000, random);
  const promptAt = Array.from({ length: queries }, (_, at) => Math.floor((at * size) / queries));
  const asked = new Map<number, string>();
  const kept: string[] = [];
  const recall = createRecall();

  const startedBuild = performance.now();
  let writing = 0;
  const wanted = new Set(promptAt);
  for (let from = 0; from < size; from += page) {
    const startedWriting = performance.now();
    const add: Taught[] = [];
    for (let at = from; at < Math.min(size, from + page); at++) {
      const prompt = promptOf(vocabulary, random);
      if (wanted.has(at)) asked.set(at, varied(prompt, random));
      if (size <= 100_000) kept.push(prompt);
      add.push(example(at, prompt));
    }
    writing += performance.now() - startedWriting;
    recall.apply({ add, remove: [] });
  }
  const buildSeconds = (performance.now() - startedBuild - writing) / 1000;

  let right = 0;
  const questions = [...asked];
  for (const [, question] of questions.slice(0, 100)) recall.recollect(question);
  const times = questions.map(([at, question]) => {
    const started = performance.now();
    const found = recall.recollect(question);
    const took = performance.now() - started;
    if (found.guess === `answer ${at}`) right++;
    return took;
  });

  const visible = questions.slice(0, corrections).map(([at, question]) => {
    const started = performance.now();
    const remove = recall.taughtAt(question);
    recall.apply({
      add: [{ ...example(size + at, question), answer: "corrected", corrects: true }],
      remove,
    });
    const found = recall.recollect(question);
    const took = performance.now() - started;
    if (found.answer !== "corrected") throw new Error("a correction did not take effect");
    return took;
  });

  const rss = process.memoryUsage().rss;
  const startedSnapshot = performance.now();
  const snapshot = recall.snapshot();
  const snapshotMs = performance.now() - startedSnapshot;
  const startedRestore = performance.now();
  restoreRecall(snapshot);
  const restoreMs = performance.now() - startedRestore;
  return {
    size,
    buildSeconds: round(buildSeconds),
    recollectMs: { p50: round(median(times)), p95: round(quantile(times, 0.95)) },
    guessedRight: right / questions.length,
    correctionVisibleMs: { p50: round(median(visible)), p95: round(quantile(visible, 0.95)) },
    rssMegabytes: Math.round(rss / 1e6),
    snapshot: {
      megabytes: round(snapshot.length / 1e6),
      writeMs: round(snapshotMs),
      restoreMs: round(restoreMs),
    },
    baselineLinearScan:
      kept.length > 0 ? scan(kept, questions.slice(0, 50)) : "left out above 100000",
  };
}

/** The plain way: count shared words with every prompt. */
function scan(
  prompts: readonly string[],
  questions: readonly (readonly [number, string])[],
): object {
  const sets = prompts.map((prompt) => new Set(wordsOf(prompt)));
  let right = 0;
  const times = questions.map(([at, question]) => {
    const started = performance.now();
    const words = wordsOf(question);
    let best = -1;
    let bestShared = -1;
    for (const [candidate, set] of sets.entries()) {
      let shared = 0;
      for (const word of words) if (set.has(word)) shared++;
      const share = shared / Math.sqrt(set.size);
      if (share > bestShared) [best, bestShared] = [candidate, share];
    }
    if (best === at) right++;
    return performance.now() - started;
  });
  return { recollectMs: { p50: round(median(times)) }, guessedRight: right / questions.length };
}

const example = (at: number, prompt: string): Taught => ({
  id: `01990000-0000-7000-8000-${at.toString(16).padStart(12, "0")}`,
  prompt,
  answer: `answer ${at}`,
  label: "positive",
  corrects: false,
});

function pseudoWords(count: number, random: () => number): string[] {
  const consonants = "bcdfghklmnprstvz";
  const vowels = "aeiou";
  const letter = (from: string) => from[Math.floor(random() * from.length)]!;
  return Array.from({ length: count }, () => {
    const syllables = 1 + Math.floor(random() * 3);
    let word = "";
    for (let at = 0; at <= syllables; at++) word += letter(consonants) + letter(vowels);
    return random() < 0.4 ? word + letter(consonants) : word;
  });
}

/** Five to twelve words; the word of rank r with a chance of about 1 / r. */
function promptOf(vocabulary: readonly string[], random: () => number): string {
  const length = 5 + Math.floor(random() * 8);
  return Array.from({ length }, () => {
    const rank = Math.floor(vocabulary.length ** random()) - 1;
    return vocabulary[rank]!;
  }).join(" ");
}

/** The prompt as somebody else might put it: a word less, a word more, a slip of the finger. */
function varied(prompt: string, random: () => number): string {
  const words = prompt.split(" ");
  words.splice(Math.floor(random() * words.length), 1);
  const slip = Math.floor(random() * words.length);
  const word = words[slip]!;
  const at = Math.floor(random() * word.length);
  words[slip] = word.slice(0, at) + word.slice(at + 1);
  return `please ${words.join(" ")}`;
}

const round = (value: number): number => Math.round(value * 100) / 100;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdout.write(JSON.stringify(measure(Number(process.argv[2]))));
}
