import type { Turn } from "../core/turn.ts";
import { activeRatedBy } from "../storage/example-lookup.ts";
import { addFeedback, feedbackOf } from "../storage/feedback.ts";
import { act } from "./act.ts";
import type { TeachingOptions } from "./act.ts";
import { givenAnswer } from "./correct-turn.ts";
import { checkedText, longestWords } from "./lesson-rules.ts";
import { nothingDone, receiptFor } from "./receipt.ts";
import type { Rating, Receipt, Teacher } from "./teaching.ts";

/**
 * Rates a turn: a note with the answer, which removes no knowledge, whoever gives it. Rating again takes
 * the place of one's earlier rating. Throws `turn-missing`, `turn-unanswered`, and `teaching-empty` when there is
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
  givenAnswer(workspace, turn);
  const onlyRating = rating !== null && saidWords.trim() === "";
  const words = onlyRating ? null : checkedText("words", saidWords, longestWords);
  const standing = (await feedbackOf(options.database.query, workspace, turn.id))
    .filter((feedback) => feedback.person === person.id)
    .at(-1);
  if (standing && standing.rating === rating && standing.words === words) {
    return { ...nothingDone("rated", "active"), actionId: standing.actionId };
  }
  // Ratings of earlier versions of this program taught what not to say; a new one takes that back.
  const earlier =
    rating === null ? [] : await activeRatedBy(options.database.query, turn.id, person.id);

  return act(options, { workspace, kind: "rated", person: person.id, messageId }, async (step) => {
    await step.supersede(earlier.map((exampleId) => ({ exampleId, byExample: null })));
    await addFeedback(step.query, {
      actionId: step.actionId,
      workspace,
      turnId: turn.id,
      person: person.id,
      rating,
      words,
    });
    return { ...receiptFor(step.actionId, "rated", "active", []), superseded: earlier.length };
  });
}
