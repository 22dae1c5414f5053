import { now } from "../core/clock.ts";
import type { PlatformName } from "../core/message.ts";
import type { PlatformNotes } from "../core/platform.ts";
import type { Database } from "./database.ts";

/** The notes of one platform, kept in `database`. */
export function createPlatformNotes({ query }: Database, platform: PlatformName): PlatformNotes {
  return {
    async put(name, body) {
      const row = { platform, name, body, at: now() };
      await query
        .insertInto("platform_note")
        .values(row)
        .onConflict((conflict) =>
          conflict.columns(["platform", "name"]).doUpdateSet({ body, at: row.at }),
        )
        .execute();
    },
    async get(name) {
      const row = await query
        .selectFrom("platform_note")
        .select("body")
        .where("platform", "=", platform)
        .where("name", "=", name)
        .executeTakeFirst();
      return row?.body;
    },
    async remove(name) {
      await query
        .deleteFrom("platform_note")
        .where("platform", "=", platform)
        .where("name", "=", name)
        .execute();
    },
    async list(prefix) {
      const rows = await query
        .selectFrom("platform_note")
        .select(["name", "body"])
        .where("platform", "=", platform)
        .where("name", "like", `${prefix}%`)
        .orderBy("name")
        .execute();
      return rows.map(({ name, body }) => ({ name, body }));
    },
    async prune(prefix, olderThan) {
      await query
        .deleteFrom("platform_note")
        .where("platform", "=", platform)
        .where("name", "like", `${prefix}%`)
        .where("at", "<", olderThan)
        .execute();
    },
  };
}
