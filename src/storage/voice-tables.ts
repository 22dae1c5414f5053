import type { Kysely } from "kysely";
import type { Language } from "../core/language.ts";
import type { Role } from "../core/person.ts";

/** What is kept about voice rooms: how the bot behaves there, who is not heard, where it belongs. */
export type VoiceTables = {
  voice_choice: {
    workspace: string;
    language: string | null;
    speaker: string | null;
    listen: 0 | 1;
    wake_name: string | null;
    talkers: Role;
  };
  voice_opt_out: { workspace: string; person: string };
  voice_place: { workspace: string; room: string; text_room: string; language: Language };
};

export async function createVoiceTables(database: Kysely<unknown>): Promise<void> {
  const { schema } = database;
  await schema
    .createTable("voice_choice")
    .addColumn("workspace", "text", (column) => column.primaryKey())
    .addColumn("language", "text")
    .addColumn("speaker", "text")
    .addColumn("listen", "integer", (column) => column.notNull())
    .addColumn("wake_name", "text")
    .addColumn("talkers", "text", (column) => column.notNull())
    .execute();
  await schema
    .createTable("voice_opt_out")
    .addColumn("workspace", "text", (column) => column.notNull())
    .addColumn("person", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("voice_opt_out_key", ["workspace", "person"])
    .execute();
  await schema
    .createTable("voice_place")
    .addColumn("workspace", "text", (column) => column.primaryKey())
    .addColumn("room", "text", (column) => column.notNull())
    .addColumn("text_room", "text", (column) => column.notNull())
    .addColumn("language", "text", (column) => column.notNull())
    .execute();
}
