import type { Kysely } from "kysely";

/** What the database keeps so that nothing is lost or done twice when the process is killed. */
export type PlatformNoteTables = {
  /** Small texts that a platform has to remember over a restart. */
  platform_note: { platform: string; name: string; body: string; at: number };
  /** The messages whose command was begun, so that it is never run twice. */
  command_message: { message_id: string; begun_at: number; finished_at: number | null };
};

export async function createPlatformNoteTables({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable("platform_note")
    .addColumn("platform", "text", (column) => column.notNull())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("body", "text", (column) => column.notNull())
    .addColumn("at", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("platform_note_key", ["platform", "name"])
    .execute();
  await schema
    .createTable("command_message")
    .addColumn("message_id", "text", (column) => column.primaryKey())
    .addColumn("begun_at", "bigint", (column) => column.notNull())
    .addColumn("finished_at", "bigint")
    .execute();
  await schema
    .createIndex("command_message_begun_at")
    .on("command_message")
    .columns(["begun_at"])
    .execute();
}
