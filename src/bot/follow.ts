import type { Teaching } from "../learning/teaching.ts";
import type { Turns } from "../storage/turns.ts";

/** What becomes of a message after it was received. */
export type Follow = {
  /** A deleted message leaves the history, and what it taught leaves the review queue. */
  deleted(workspace: string, messageId: string): Promise<void>;
  /** An edited message stands in the history as it reads now. It is not answered again. */
  edited(workspace: string, messageId: string, text: string): Promise<void>;
};

export const createFollow = ({
  turns,
  teaching,
}: {
  readonly turns: Pick<Turns, "forget" | "reword">;
  readonly teaching: Pick<Teaching, "withdraw">;
}): Follow => ({
  async deleted(workspace, messageId) {
    await turns.forget(workspace, messageId);
    await teaching.withdraw(workspace, messageId);
  },
  edited: (workspace, messageId, text) => turns.reword(workspace, messageId, text),
});
