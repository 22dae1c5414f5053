import { elapsed } from "../../core/clock.ts";
import type { InstantEncoder } from "../../encoders/encoder.ts";
import { createRecall } from "../recall/embedded-recall.ts";
import type { Taught } from "../recall/recall.ts";

/** What an encoder does for a community. */
export type EncoderTrial = {
  /** How many held-back questions there were. */
  readonly asked: number;
  /** Of how many the best guess was right. */
  readonly right: number;
  /** Milliseconds for one question, with reading it. */
  readonly milliseconds: number;
};

/** A community with fewer held-back questions says nothing about encoders. */
export const leastTrials = 10;
const mostTrials = 300;
const mostTaught = 5_000;
const readAtOnce = 64;

/** A community's wordings: some to be learned, and one of each answer that has several to ask. */
export type Trials = { readonly taught: readonly Taught[]; readonly asked: readonly Taught[] };

/** Holds back the last wording of each answer that has at least two. */
export function trialsOf(lessons: readonly Pick<Taught, "prompt" | "answer" | "label">[]): Trials {
  const byAnswer = new Map<string, Taught[]>();
  for (const [place, { prompt, answer, label }] of lessons.slice(0, mostTaught).entries()) {
    if (label !== "positive" || answer === null) continue;
    const fellows = byAnswer.get(answer) ?? [];
    byAnswer.set(answer, fellows);
    fellows.push({ id: String(place), prompt, answer, label, corrects: false });
  }
  const taught: Taught[] = [];
  const asked: Taught[] = [];
  for (const fellows of byAnswer.values()) {
    const isAsked = fellows.length > 1 && asked.length < mostTrials;
    taught.push(...(isAsked ? fellows.slice(0, -1) : fellows));
    if (isAsked) asked.push(fellows.at(-1)!);
  }
  return { taught, asked };
}

/**
 * Learns what a community taught without the held-back wordings, and asks those. Rejects with why an
 * encoder does not answer, and the signal's reason.
 */
export async function tryEncoder(
  { taught, asked }: Trials,
  encoder: InstantEncoder | undefined,
  signal?: AbortSignal,
): Promise<EncoderTrial> {
  const recall = createRecall(encoder ? { encoder } : {});
  const learned: Taught[] = [];
  for (let start = 0; start < taught.length; start += readAtOnce) {
    const some = taught.slice(start, start + readAtOnce);
    await encoder?.prepare(
      some.map(({ prompt }) => prompt),
      signal,
    );
    learned.push(
      ...some.map((each) => ({ ...each, vector: encoder?.vectorOf(each.prompt) ?? null })),
    );
  }
  recall.apply({ add: learned, remove: [] });
  await recall.refit(signal);
  const begun = elapsed();
  let right = 0;
  for (const { prompt, answer } of asked) {
    await recall.prepare([prompt], "ask", signal);
    if (recall.recollect(prompt, { hints: false }).guess === answer) right += 1;
  }
  const failure = encoder?.problem();
  if (failure) throw failure;
  const milliseconds = (elapsed() - begun) / Math.max(1, asked.length);
  return { asked: asked.length, right, milliseconds };
}
