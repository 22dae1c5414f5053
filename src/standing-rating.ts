import type { App } from "./app.ts";
import { feedbackOf } from "./storage/feedback.ts";

/** What a person thinks now of an answer, and the action that undoes it. */
export async function standingRating(
  app: Pick<App, "turns" | "database">,
  workspace: string,
  reference: string,
  person: string,
): Promise<{ readonly rating: "good" | "bad"; readonly actionId: string } | undefined> {
  const turn = await app.turns.find(workspace, reference);
  const given = turn ? await feedbackOf(app.database.query, workspace, turn.id) : [];
  const last = given.findLast((each) => each.person === person);
  if (!last?.rating) return undefined;
  return { rating: last.rating > 0 ? "good" : "bad", actionId: last.actionId };
}
