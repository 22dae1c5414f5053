import { createHash } from "node:crypto";
import type { BotCommand } from "grammy/types";
import { mayActAs, type Role } from "../../core/person.ts";
import type { PlatformNotes } from "../../core/platform.ts";
import type { Language } from "../../core/language.ts";
import type { Client } from "./client.ts";
import type { MenuCommand } from "./parts.ts";

/** Who sees which commands: in a private chat and as an administrator everybody's and the admins'. */
const scopes = [
  { type: "default", role: "member" },
  { type: "all_private_chats", role: "admin" },
  { type: "all_group_chats", role: "member" },
  { type: "all_chat_administrators", role: "admin" },
] as const satisfies readonly { type: string; role: Role }[];

/** Without a language the menu is for everybody whose language has none. */
const menus = [
  { language: "en" as Language },
  { language: "ru" as Language, language_code: "ru" as const },
];

const noteName = "menu";

/** Telegram's limits of one menu. */
const mostCommands = 100;
const longestAbout = 256;

/** Tells Telegram the commands of each kind of chat in each language, if they have changed. */
export async function registerMenus(
  client: Client,
  commands: readonly MenuCommand[],
  notes: PlatformNotes,
  botId: number,
): Promise<void> {
  const wanted = scopes.flatMap(({ type, role }) =>
    menus.map(({ language, ...code }) => ({
      scope: { type },
      ...code,
      commands: commands
        .filter(({ needs }) => mayActAs(role, needs))
        .slice(0, mostCommands)
        .map((command): BotCommand => ({
          command: command.name,
          description: command.about(language).slice(0, longestAbout),
        })),
    })),
  );
  const hash = createHash("sha256")
    .update(JSON.stringify([botId, wanted]))
    .digest("hex");
  if ((await notes.get(noteName)) === hash) return;
  for (const menu of wanted) await client.patient.setMyCommands(menu);
  await notes.put(noteName, hash);
}
