import type { Query } from "./query.ts";
import type { ProposalReason } from "./knowledge/state.ts";
import { idEnding } from "./id-ending.ts";

/** What somebody said for a question that has an answer. */
export type Proposal = {
  readonly id: string;
  readonly key: string;
  readonly prompt: string;
  /** The answer that stood when it was proposed. */
  readonly answerId: string | null;
  readonly text: string | null;
  readonly person: string;
  readonly why: ProposalReason;
  readonly at: number;
};

/** The open proposal with this id, or with an id that ends so; none when several do. */
export async function findProposal(
  query: Query,
  workspace: string,
  id: string,
): Promise<Proposal | undefined> {
  const ending = idEnding(id.trim());
  if (ending === undefined) return undefined;
  const rows = await openProposals(query, workspace)
    .where("id", "like", `%${ending}`)
    .limit(2)
    .execute();
  return rows.length === 1 ? rows[0] : undefined;
}

/** The open proposals of a workspace, oldest first. */
export const listProposals = (
  query: Query,
  workspace: string,
  limit: number,
): Promise<readonly Proposal[]> =>
  openProposals(query, workspace).orderBy("id").limit(limit).execute();

const openProposals = (query: Query, workspace: string) =>
  query
    .selectFrom("proposal")
    .select([
      "id",
      "prompt_key as key",
      "prompt",
      "answer_id as answerId",
      "text",
      "person",
      "why",
      "at",
    ])
    .where("workspace", "=", workspace)
    .where("status", "=", "open");
