import { mayActAs } from "../core/person.ts";
import type { Turn } from "../core/turn.ts";
import { activeRatedBy } from "../storage/example-lookup.ts";
import { addFeedback, feedbackOf } from "../storage/feedback.ts";
import { act, newExample } from "./act.ts";
import type { TeachingOptions } from "./act.ts";
import { givenAnswer } from "./correct-turn.ts";
import { checkedText, longestAnswer, longestPrompt, longestWords } from "./lesson-rules.ts";
import { nothingDone, receiptFor } from "./receipt.ts";
import type { Rating, Receipt, Teacher } from "./teaching.ts";

/**
 * Rates a turn. What a trainer rates -1 becomes a negative example; rating again takes the place of
 * one's earlier rating. Throws `turn-missing`, `turn-unanswered`, and `teaching-empty` when there is
 * neither a rating nor words.
 */
export async function rateTurn(
  options: TeachingOptions,
  teacher: Teacher,
  _status: "active" | "pending",
  turn: Turn,
  given: Rating,
): Promise<Receipt> {
  const { workspace, person, messageId } = teacher;
  const rating = given.rating ?? null;
  const saidWords = given.words ?? "";
  const answer = givenAnswer(workspace, turn);
  const onlyRating = rating !== null && saidWords.trim() === "";
  const words = onlyRating ? null : checkedText("words", saidWords, longestWords);
  const standing = (await feedbackOf(options.database.query, workspace, turn.id))
    .filter((feedback) => feedback.person === person.id)
    .at(-1);
  if (standing && standing.rating === rating && standing.words === words) {
    return { ...nothingDone("rated", "active"), actionId: standing.actionId };
  }
  const teaches = rating === -1 && turn.known && mayActAs(person.role, "trainer");
  const fits = turn.prompt.length <= longestPrompt && answer.length <= longestAnswer;
  const earlier =
    rating === null ? [] : await activeRatedBy(options.database.query, turn.id, person.id);

  return act(options, { workspace, kind: "rated", person: person.id, messageId }, async (step) => {
    const lesson = { prompt: turn.prompt, answer, label: "negative" } as const;
    const how = { source: "rated", status: "active", turnId: turn.id } as const;
    const made = teaches && fits ? [newExample(teacher, lesson, how)] : [];
    const byExample = made[0]?.id ?? null;
    await step.supersede(earlier.map((exampleId) => ({ exampleId, byExample })));
    await step.add(made);
    await addFeedback(step.query, {
      actionId: step.actionId,
      workspace,
      turnId: turn.id,
      person: person.id,
      rating,
      words,
    });
    const ids = made.map((example) => example.id);
    return { ...receiptFor(step.actionId, "rated", "active", ids), superseded: earlier.length };
  });
}
