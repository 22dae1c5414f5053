import type { Query } from "./query.ts";
import { chunks } from "./chunks.ts";

/** That an answer is not the one to a question. */
export type Mismatch = {
  readonly id: string;
  readonly prompt: string;
  readonly answerId: string;
  /** The words of that answer by now. */
  readonly answer: string | null;
  /** `near`: it is not the answer to questions near that one either. */
  readonly scope: "exact" | "near";
};

/** The mismatches of a workspace that count, in the order of their ids. */
export const activeMismatches = (query: Query, workspace: string): Promise<readonly Mismatch[]> =>
  mismatches(query).where("mismatch.workspace", "=", workspace).execute();

/** Those with these ids that count. */
export async function mismatchesById(
  query: Query,
  ids: readonly string[],
): Promise<readonly Mismatch[]> {
  const found: Mismatch[] = [];
  for (const chunk of chunks(ids))
    found.push(...(await mismatches(query).where("mismatch.id", "in", chunk).execute()));
  return found;
}

const mismatches = (query: Query) =>
  query
    .selectFrom("mismatch")
    .innerJoin("answer", "answer.id", "mismatch.answer_id")
    .innerJoin("answer_version", "answer_version.id", "answer.current_version")
    .select([
      "mismatch.id",
      "mismatch.prompt",
      "mismatch.answer_id as answerId",
      "answer_version.text as answer",
      "mismatch.scope",
    ])
    .where("mismatch.status", "=", "active")
    .orderBy("mismatch.id");
