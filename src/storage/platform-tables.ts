import type { Kysely } from "kysely";

/** What the database keeps for communities on chat platforms. */
export type PlatformTables = {
  /** Rooms where every message is answered, without a mention. */
  listening_room: { workspace: string; room: string };
};

/** Columns that the spine's tables gained for chat platforms. */
export type WorkspacePlatformColumns = {
  prefix: string | null;
  /** Whether each conversation gets a thread of its own. */
  threads: 0 | 1 | null;
  /** Whether a language model answers from what was taught alone. */
  taught_only: 0 | 1 | null;
};

export async function createPlatformTables({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable("listening_room")
    .addColumn("workspace", "text", (column) => column.notNull())
    .addColumn("room", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("listening_room_key", ["workspace", "room"])
    .execute();
  await schema.alterTable("workspace").addColumn("prefix", "text").execute();
  await schema.alterTable("workspace").addColumn("threads", "integer").execute();
  // The message that taught: when it is deleted, what still waits for review goes with it.
  await schema.alterTable("action").addColumn("message_id", "text").execute();
  await schema.createIndex("action_message_id").on("action").columns(["message_id"]).execute();
}
