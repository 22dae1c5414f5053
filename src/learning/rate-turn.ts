import type { Turn } from "../core/turn.ts";
import { addFeedback, feedbackOf } from "../storage/feedback.ts";
import { act, type TeachingOptions } from "./act.ts";
import { givenAnswer } from "./correct-turn.ts";
import { givenAnswerId } from "./given-answer.ts";
import { checkedText, longestWords } from "./lesson-rules.ts";
import { nothingDone, receiptFor } from "./receipt.ts";
import type { Rating, Receipt, Teacher } from "./teaching.ts";

/**
 * Rates a turn: a note with the answer, which removes no knowledge, whoever gives it. Rating again takes
 * the place of one's earlier rating. Throws `turn-missing`, `turn-unanswered`, and `teaching-empty` when
 * there is neither a rating nor words.
 */
export async function rateTurn(
  options: TeachingOptions,
  teacher: Teacher,
  turn: Turn,
  given: Rating,
): Promise<Receipt> {
  const { workspace, person, messageId } = teacher;
  const rating = given.rating ?? null;
  const reason = given.reason ?? null;
  const saidWords = given.words ?? "";
  givenAnswer(workspace, turn);
  const onlyRating = rating !== null && saidWords.trim() === "";
  const words = onlyRating ? null : checkedText("words", saidWords, longestWords);
  const standing = (await feedbackOf(options.database.query, workspace, turn.id))
    .filter((feedback) => feedback.person === person.id)
    .at(-1);
  if (standing?.rating === rating && standing.words === words && standing.reason === reason)
    return { ...nothingDone("rated", "active"), actionId: standing.actionId };
  const answerId = await givenAnswerId(options.database.query, turn);

  return act(options, { workspace, kind: "rated", person: person.id, messageId }, async (step) => {
    await addFeedback(step.query, {
      actionId: step.actionId,
      workspace,
      turnId: turn.id,
      person: person.id,
      rating,
      words,
      answerId,
      versionId: turn.versionId,
      reason,
    });
    return receiptFor(step.actionId, "rated", "active", []);
  });
}
