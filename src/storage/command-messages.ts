import { now } from "../core/clock.ts";
import type { Database } from "./database.ts";

/** The messages that called a command, so that none is run twice, also not after a kill. */
export type CommandMessages = {
  /** `unfinished`: it was begun before, and nobody knows how far it came. */
  begin(messageId: string): Promise<"new" | "unfinished" | "finished">;
  finish(messageId: string): Promise<void>;
};

/** How long a message is remembered, in milliseconds: longer than platforms keep what they repeat. */
const remembered = 3 * 24 * 60 * 60 * 1_000;

/** How many messages come between two removals of old ones. */
const beginsPerPrune = 1_000;

/** The command messages kept in `database`. */
export function createCommandMessages({ query }: Database): CommandMessages {
  let begins = 0;
  const prune = async (): Promise<void> => {
    await query
      .deleteFrom("command_message")
      .where("begun_at", "<", now() - remembered)
      .execute();
  };
  return {
    async begin(messageId) {
      if (begins % beginsPerPrune === 0) await prune();
      begins += 1;
      const stored = await query
        .insertInto("command_message")
        .values({ message_id: messageId, begun_at: now(), finished_at: null })
        .onConflict((conflict) => conflict.column("message_id").doNothing())
        .returning("message_id")
        .executeTakeFirst();
      if (stored) return "new";
      const row = await query
        .selectFrom("command_message")
        .select("finished_at")
        .where("message_id", "=", messageId)
        .executeTakeFirst();
      return row === undefined || row.finished_at === null ? "unfinished" : "finished";
    },
    async finish(messageId) {
      await query
        .updateTable("command_message")
        .set({ finished_at: now() })
        .where("message_id", "=", messageId)
        .execute();
    },
  };
}
