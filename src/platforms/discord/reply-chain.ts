import type { Message as DiscordMessage } from "discord.js";

/** How far back a chain of replies is read, and how much of each message. */
const longestChain = 4;
const longestText = 1_500;

/**
 * What a message answers, oldest first: the messages of people up the chain of replies, until one of
 * the bot, whose words the conversation holds already. What cannot be read ends the chain.
 */
export async function quotedBy(
  message: DiscordMessage,
): Promise<readonly { readonly name: string; readonly text: string }[]> {
  const quoted: { name: string; text: string }[] = [];
  let current = message;
  while (quoted.length < longestChain && current.reference?.messageId) {
    const replied = await current.fetchReference().catch(() => undefined);
    if (!replied || replied.author.id === message.client.user.id) break;
    const text = replied.content.slice(0, longestText).toWellFormed().trim();
    if (text !== "") quoted.unshift({ name: replied.author.displayName, text });
    current = replied;
  }
  return quoted;
}
