import { ApprenticeError } from "../core/errors.ts";
import { findAction } from "../storage/actions.ts";
import type { Database } from "../storage/database.ts";
import type { Query } from "../storage/query.ts";
import { countOpen, findPending, findWrongRow, listOpen } from "../storage/review.ts";
import type { ReviewItem } from "../storage/review.ts";
import { idEnding } from "../storage/id-ending.ts";

/** What waits for a trainer: members' teaching, and rows that a test found wrong. */
export type ReviewQueue = {
  /** Open items, oldest first, from the `offset`th on. */
  list(
    workspace: string,
    page: { readonly offset: number; readonly limit: number },
  ): Promise<readonly ReviewItem[]>;
  count(workspace: string): Promise<{ readonly wrong: number; readonly pending: number }>;
  /** The open item with this id or an ending of it. Throws `review-missing`, `review-settled`. */
  find(workspace: string, id: string): Promise<ReviewItem>;
};

/** The queue kept in `database`. It is settled through `Teaching.review`. */
export const createReviewQueue = ({ query }: Database): ReviewQueue => ({
  list: (workspace, page) => listOpen(query, workspace, page),
  count: (workspace) => countOpen(query, workspace),
  find: (workspace, id) => findReviewItem(query, workspace, id),
});

/** The open item with this id or an ending of it. Throws `review-missing`, `review-settled`. */
export async function findReviewItem(
  query: Query,
  workspace: string,
  id: string,
): Promise<ReviewItem> {
  const ending = idEnding(id);
  if (ending === undefined) throw new ApprenticeError("review-missing", { id });
  const wrong = await findWrongRow(query, workspace, ending);
  const action = await findAction(query, workspace, { id: ending });
  const pending = action && (await findPending(query, workspace, action.id));
  if (wrong?.open && pending) throw new ApprenticeError("review-missing", { id });
  if (wrong?.open) return wrong;
  if (pending) return pending;
  throw new ApprenticeError((wrong ?? action) ? "review-settled" : "review-missing", { id });
}
