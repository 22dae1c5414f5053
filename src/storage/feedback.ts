import { now } from "../core/clock.ts";
import type { FeedbackReason } from "../core/feedback.ts";
import { newId } from "../core/ids.ts";
import type { Query } from "./query.ts";

/** What a person thought of one answer. */
export type Feedback = {
  readonly actionId: string;
  readonly workspace: string;
  readonly turnId: string;
  readonly person: string;
  /** `null` for words alone. */
  readonly rating: 1 | -1 | null;
  readonly words: string | null;
  /** Which answer it is about, in which words. */
  readonly answerId: string | null;
  readonly versionId: string | null;
  /** What is wrong with it. */
  readonly reason: FeedbackReason | null;
};

/** Keeps a rating. It stands as long as its action does. */
export async function addFeedback(query: Query, feedback: Feedback): Promise<void> {
  await query
    .insertInto("feedback")
    .values({
      id: newId(),
      action_id: feedback.actionId,
      workspace: feedback.workspace,
      turn_id: feedback.turnId,
      person: feedback.person,
      rating: feedback.rating,
      words: feedback.words,
      at: now(),
      answer_id: feedback.answerId,
      version_id: feedback.versionId,
      reason: feedback.reason,
    })
    .execute();
}

/** The ratings of a turn that stand, oldest first. A person's last one is what they think now. */
export async function feedbackOf(
  query: Query,
  workspace: string,
  turnId: string,
): Promise<readonly Feedback[]> {
  const rows = await query
    .selectFrom("feedback")
    .innerJoin("action", "action.id", "feedback.action_id")
    .selectAll("feedback")
    .where("feedback.workspace", "=", workspace)
    .where("feedback.turn_id", "=", turnId)
    .where("action.undone_at", "is", null)
    .orderBy("feedback.id")
    .execute();
  return rows.map((row) => ({
    actionId: row.action_id,
    workspace: row.workspace,
    turnId: row.turn_id,
    person: row.person,
    rating: row.rating,
    words: row.words,
    answerId: row.answer_id,
    versionId: row.version_id,
    reason: row.reason,
  }));
}
