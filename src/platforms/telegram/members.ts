import type { Chat, User } from "grammy/types";
import { elapsed } from "../../core/clock.ts";
import type { Language } from "../../core/language.ts";
import type { Log } from "../../core/log.ts";
import type { Person, Role } from "../../core/person.ts";
import { personIdOf } from "./addresses.ts";
import type { Client } from "./client.ts";
import { telegramFailure } from "./failure.ts";

/** How long what Telegram said about a member counts, in milliseconds, and for how many at once. */
const remembered = 60_000;
const mostRemembered = 10_000;

/** Who people are, and what they may do. */
export type Members = {
  /** A private chat belongs to its person; a group's owner and administrators are its admins. */
  roleIn(chat: Chat, userId: number): Promise<Role>;
  /** Asks again from now on. */
  forget(chatId: number): void;
};

export function createMembers(client: Client, log: Log): Members {
  const known = new Map<string, { readonly role: Role; readonly until: number }>();
  return {
    async roleIn(chat, userId) {
      if (chat.type === "private") return "admin";
      const key = `${chat.id}:${userId}`;
      const cached = known.get(key);
      if (cached && cached.until > elapsed()) return cached.role;
      const role = await askRole(client, chat.id, userId).catch((thrown: unknown) => {
        const { id, code } = telegramFailure(thrown);
        log.warn("Telegram did not say what a member may do, so they are a member", { id, code });
        return "member" as const;
      });
      if (known.size >= mostRemembered) known.clear();
      known.set(key, { role, until: elapsed() + remembered });
      return role;
    },
    forget(chatId) {
      for (const key of known.keys()) if (key.startsWith(`${chatId}:`)) known.delete(key);
    },
  };
}

async function askRole(client: Client, chatId: number, userId: number): Promise<Role> {
  const { status } = await client.patient.getChatMember({ chat_id: chatId, user_id: userId });
  return status === "creator" || status === "administrator" ? "admin" : "member";
}

/** A Telegram user as a person. */
export const personFrom = (user: User, role: Role): Person => ({
  id: personIdOf(user.id),
  name: [user.first_name, user.last_name].filter((name) => name !== undefined).join(" "),
  role,
  ...(user.is_bot && { isBot: true }),
});

/** The language of somebody's Telegram, when it is one of ours. */
export function languageOfUser(user: User | undefined): Language | undefined {
  const code = user?.language_code?.slice(0, 2).toLowerCase();
  return code === "ru" || code === "en" ? code : undefined;
}
