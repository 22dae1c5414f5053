import type { VoiceChoices, VoiceMemory } from "../core/voice-rooms.ts";
import type { Database } from "./database.ts";
import type { Schema } from "./schema.ts";

/** How the bot behaves in voice rooms until somebody says otherwise. */
const usual: Omit<Schema["voice_choice"], "workspace"> = {
  language: null,
  speaker: null,
  listen: 1,
  wake_name: null,
  talkers: "member",
};

/** What `database` keeps about voice. */
export function createVoiceMemory({ query }: Database): VoiceMemory {
  return {
    async choices(workspace) {
      const row = await query
        .selectFrom("voice_choice")
        .selectAll()
        .where("workspace", "=", workspace)
        .executeTakeFirst();
      const { language, speaker, listen, wake_name: wakeName, talkers } = row ?? usual;
      return { language, speaker, listen: listen === 1, wakeName, talkers };
    },

    async choose(workspace, choices) {
      const changed = asRow(choices);
      await query
        .insertInto("voice_choice")
        .values({ workspace, ...usual, ...changed })
        .onConflict((conflict) =>
          conflict.column("workspace").doUpdateSet({ workspace, ...changed }),
        )
        .execute();
    },

    async optedOut(workspace) {
      const rows = await query
        .selectFrom("voice_opt_out")
        .select("person")
        .where("workspace", "=", workspace)
        .execute();
      return new Set(rows.map(({ person }) => person));
    },

    async setOptedOut(workspace, person, out) {
      if (out) {
        await query
          .insertInto("voice_opt_out")
          .values({ workspace, person })
          .onConflict((conflict) => conflict.columns(["workspace", "person"]).doNothing())
          .execute();
        return;
      }
      await query
        .deleteFrom("voice_opt_out")
        .where("workspace", "=", workspace)
        .where("person", "=", person)
        .execute();
    },

    async places() {
      const rows = await query.selectFrom("voice_place").selectAll().execute();
      return rows.map(({ text_room: textRoom, ...place }) => ({ ...place, textRoom }));
    },

    async keepPlace({ textRoom, ...given }) {
      const place = { ...given, text_room: textRoom };
      await query
        .insertInto("voice_place")
        .values(place)
        .onConflict((conflict) => conflict.column("workspace").doUpdateSet(place))
        .execute();
    },

    async forgetPlace(workspace) {
      await query.deleteFrom("voice_place").where("workspace", "=", workspace).execute();
    },
  };
}

const asRow = ({
  language,
  speaker,
  listen,
  wakeName,
  talkers,
}: Partial<VoiceChoices>): Partial<Schema["voice_choice"]> => ({
  ...(language !== undefined && { language }),
  ...(speaker !== undefined && { speaker }),
  ...(listen !== undefined && { listen: listen ? 1 : 0 }),
  ...(wakeName !== undefined && { wake_name: wakeName }),
  ...(talkers !== undefined && { talkers }),
});
