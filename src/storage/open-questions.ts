import type { Query } from "./query.ts";
import { idEnding } from "./id-ending.ts";

/** Whether a correction also holds for what its question had been taken for. */
export type StoredQuestion = {
  readonly id: string;
  readonly actionId: string;
  /** Who corrected. */
  readonly person: string;
  readonly oldAnswer: string;
  readonly newAnswer: string;
  /** How likely it does, 0..1. */
  readonly guess: number;
  readonly status: "open" | "closed";
  readonly at: number;
};

/** The question with this id, or with an id that ends so; none when several do. */
export async function findOpenQuestion(
  query: Query,
  workspace: string,
  id: string,
): Promise<StoredQuestion | undefined> {
  const ending = idEnding(id.trim());
  if (ending === undefined) return undefined;
  const rows = await questions(query, workspace)
    .where("open_question.id", "like", `%${ending}`)
    .limit(2)
    .execute();
  return rows.length === 1 ? rows[0] : undefined;
}

/** The open questions of a workspace, oldest first. */
export const openQuestions = (
  query: Query,
  workspace: string,
  limit: number,
): Promise<readonly StoredQuestion[]> =>
  questions(query, workspace)
    .where("open_question.status", "=", "open")
    .orderBy("open_question.id")
    .limit(limit)
    .execute();

const questions = (query: Query, workspace: string) =>
  query
    .selectFrom("open_question")
    .innerJoin("action", "action.id", "open_question.action_id")
    .select([
      "open_question.id",
      "open_question.action_id as actionId",
      "action.person",
      "open_question.old_answer as oldAnswer",
      "open_question.new_answer as newAnswer",
      "open_question.guess",
      "open_question.status",
      "open_question.at",
    ])
    .where("open_question.workspace", "=", workspace);
