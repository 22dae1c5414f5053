import type { Message as TelegramMessage, UserFromGetMe } from "grammy/types";

/** What a message says to the bot. */
export type Words = {
  /** Without the bot's name. */
  readonly text: string;
  readonly addressed: boolean;
  /** Whether it began with the bot's name. */
  readonly mentioned: boolean;
};

/**
 * The words of a message and whether they are for the bot: in a private chat always, elsewhere when
 * they name it, reply to it, or are a command that it has. `undefined`: they are for another bot.
 */
export function wordsOf(
  message: TelegramMessage,
  me: UserFromGetMe,
  commands: ReadonlySet<string>,
): Words | undefined {
  const text = message.text ?? message.caption ?? "";
  const isPrivate = message.chat.type === "private";
  const command = /^\/(\w+)(?:@(\w+))?/.exec(text);
  if (command) {
    const [all, name = "", bot] = command;
    if (bot !== undefined && bot.toLowerCase() !== me.username.toLowerCase()) return undefined;
    const isOurs = bot !== undefined || commands.has(name.toLowerCase());
    // In a group, a command without a name may be another bot's; in a reply to this one it is words.
    if (!isOurs && !isPrivate) {
      const isReply = message.reply_to_message?.from?.id === me.id;
      return isReply ? { text, addressed: true, mentioned: false } : undefined;
    }
    return { text: `/${name}${text.slice(all.length)}`, addressed: true, mentioned: false };
  }
  const { stripped, starts } = withoutName(message, text, me);
  const isReply = message.reply_to_message?.from?.id === me.id;
  const isNamed = stripped !== text;
  return {
    text: stripped,
    addressed: isPrivate || isNamed || isReply,
    mentioned: isNamed && starts,
  };
}

/** The text without the bot's `@name`, and whether that stood at its start. */
function withoutName(
  message: TelegramMessage,
  text: string,
  me: UserFromGetMe,
): { readonly stripped: string; readonly starts: boolean } {
  const entities = message.entities ?? message.caption_entities ?? [];
  const names = entities.filter((entity) => {
    const word = text.slice(entity.offset, entity.offset + entity.length);
    if (entity.type === "mention") return word.toLowerCase() === `@${me.username}`.toLowerCase();
    return entity.type === "text_mention" && entity.user.id === me.id;
  });
  if (names.length === 0) return { stripped: text, starts: false };
  let stripped = text;
  for (const { offset, length } of names.toReversed()) {
    stripped = stripped.slice(0, offset) + stripped.slice(offset + length);
  }
  const starts = text.slice(0, names[0]!.offset).trim() === "";
  return { stripped: stripped.replace(/^[\s,:]+/, "").trimEnd(), starts };
}
