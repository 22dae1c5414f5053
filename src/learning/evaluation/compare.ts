import { ApprenticeError } from "../../core/errors.ts";
import type { Query } from "../../storage/query.ts";
import { findEvaluation, itemsOf } from "../../storage/evaluations.ts";
import type { KeptEvaluation, KeptItem } from "../../storage/evaluations.ts";
import { mcNemar, wilson, type Interval } from "./statistics.ts";

/** Two evaluations held against each other, row by row. */
export type Comparison = {
  readonly first: Side;
  readonly second: Side;
  /** Judged rows that both have. */
  readonly shared: number;
  /** Judged rows that only one of them has. */
  readonly unshared: number;
  /** Rows that only the second got right. */
  readonly wins: number;
  /** Rows that only the first got right. */
  readonly losses: number;
  /** Two-sided exact McNemar. */
  readonly p: number;
  /** Of the second compared with the first, at p < 0.05. */
  readonly verdict: "better" | "worse" | "even";
  /** Some of the rows that the second lost. */
  readonly lost: readonly { readonly prompt: string; readonly predicted: string | null }[];
};

type Side = KeptEvaluation & {
  /** Right among the shared rows. */
  readonly right: number;
  readonly accuracy: number;
  readonly interval: Interval;
};

const significance = 0.05;
const lostShown = 5;

/** Compares two evaluations over the rows they share. Throws `evaluation-missing`, `evaluation-unlike`. */
export async function compareEvaluations(
  query: Query,
  workspace: string,
  firstId: string,
  secondId: string,
): Promise<Comparison> {
  const first = await named(query, workspace, firstId);
  const second = await named(query, workspace, secondId);
  const before = judgedItems(await itemsOf(query, first.id));
  const after = judgedItems(await itemsOf(query, second.id));
  let shared = 0;
  let bothRight = 0;
  let wins = 0;
  const lost: { prompt: string; predicted: string | null }[] = [];
  for (const [key, now] of after) {
    const then = before.get(key);
    if (!then) continue;
    shared += 1;
    if (now.right && then.right) bothRight += 1;
    else if (now.right) wins += 1;
    else if (then.right) lost.push({ prompt: now.prompt, predicted: now.predicted });
  }
  if (shared === 0) {
    throw new ApprenticeError("evaluation-unlike", {
      first: first.id.slice(-8),
      second: second.id.slice(-8),
    });
  }
  const losses = lost.length;
  const side = (evaluation: KeptEvaluation, right: number): Side => ({
    ...evaluation,
    right,
    accuracy: right / shared,
    interval: wilson(right, shared),
  });
  const p = mcNemar(wins, losses);
  return {
    first: side(first, bothRight + losses),
    second: side(second, bothRight + wins),
    shared,
    unshared: before.size + after.size - 2 * shared,
    wins,
    losses,
    p,
    verdict: p >= significance ? "even" : wins > losses ? "better" : "worse",
    lost: lost.slice(0, lostShown),
  };
}

async function named(query: Query, workspace: string, id: string): Promise<KeptEvaluation> {
  const word = id.trim().toLowerCase();
  const back = /^(last|послед\p{L}*)$/u.test(word)
    ? 0
    : /^(previous|предыдущ\p{L}*)$/u.test(word)
      ? 1
      : undefined;
  const found = await findEvaluation(
    query,
    workspace,
    back === undefined ? { id: word } : { back },
  );
  if (!found) throw new ApprenticeError("evaluation-missing", { id });
  return found;
}

/** The judged rows; the same row occurring again is a row of its own. */
function judgedItems(items: readonly KeptItem[]): ReadonlyMap<string, KeptItem> {
  const times = new Map<string, number>();
  const judged = new Map<string, KeptItem>();
  for (const item of items) {
    if (item.right === null) continue;
    const time = (times.get(item.key) ?? 0) + 1;
    times.set(item.key, time);
    judged.set(`${item.key} ${time}`, item);
  }
  return judged;
}
