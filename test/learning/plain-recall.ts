import { promptKey } from "../../src/storage/prompt-key.ts";
import type { Recall, Taught } from "../../src/learning/recall/recall.ts";

/** What a plain recall holds, in the order in which it was first taught. */
export const contentOf = (recall: Recall): readonly Taught[] =>
  inOrder(JSON.parse(Buffer.from(recall.snapshot()).toString()) as Taught[]);

const inOrder = (examples: Iterable<Taught>): Taught[] =>
  [...examples].toSorted((first, second) => (first.id < second.id ? -1 : 1));

/**
 * A recall that only remembers: it answers a prompt that was taught in the same words, the last
 * correction first. Its content and order are visible, so that a test can compare it with the ledger.
 */
export function createPlainRecall(taught: readonly Taught[] = []): Recall {
  const content = new Map(taught.map((example) => [example.id, example]));
  const withPrompt = (prompt: string) =>
    inOrder(content.values()).filter((example) => promptKey(example.prompt) === promptKey(prompt));
  return {
    encoder: null,
    isUnread: false,
    async prepare() {},
    recollect(prompt) {
      const denied = withPrompt(prompt).filter((example) => example.label === "negative");
      const fitting = withPrompt(prompt).filter(
        (example) =>
          example.label === "positive" &&
          !denied.some(({ answer, answerId = answer }) => answerId === example.answerId),
      );
      const best = fitting.findLast((example) => example.corrects) ?? fitting.at(-1);
      return {
        tier: best ? "exact" : "none",
        answer: best?.answer ?? null,
        answerId: best?.answerId ?? null,
        guess: best?.answer ?? null,
        guessId: best?.answerId ?? null,
        score: best ? 1 : 0,
        exampleIds: best ? [best.id] : [],
        isTaughtUnknown: best !== undefined && best.answer === null,
        hints: [],
        suggestions: [],
      };
    },
    taughtAt: (prompt) =>
      withPrompt(prompt)
        .filter((example) => example.label === "positive")
        .map((example) => example.id),
    apply({ add, remove, texts = new Map() }) {
      for (const example of content.values())
        if (example.answerId && texts.has(example.answerId))
          content.set(example.id, { ...example, answer: texts.get(example.answerId) ?? null });
      for (const id of remove) content.delete(id);
      for (const example of add) content.set(example.id, example);
    },
    async refit(signal, progress) {
      signal?.throwIfAborted();
      progress?.(1);
    },
    snapshot: () => Buffer.from(JSON.stringify([...content.values()])),
    get size() {
      return content.size;
    },
  };
}

/** A plain recall from its snapshot. */
export const restorePlainRecall = (snapshot: Uint8Array): Recall =>
  createPlainRecall(JSON.parse(Buffer.from(snapshot).toString()) as Taught[]);
