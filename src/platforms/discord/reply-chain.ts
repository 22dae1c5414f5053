import type { Message as DiscordMessage } from "discord.js";
import type { Attachment } from "../../core/message.ts";
import { contentOf, withNames } from "./content.ts";

/** How far back a chain of replies is read, and how much of each message. */
const maxChain = 4;
const maxText = 1_500;

/** What a message answers: words of people, oldest first, and the files of the nearest one. */
export type Quoted = {
  readonly quoted: readonly { readonly name: string; readonly text: string }[];
  readonly files: readonly Attachment[];
};

/**
 * Reads the messages of people up the chain of replies, until one of the bot, whose words the
 * conversation holds already; in a thread without a reply, the message the thread was opened under.
 * What cannot be read ends the chain.
 */
export async function quotedBy(message: DiscordMessage): Promise<Quoted> {
  const quoted: { name: string; text: string }[] = [];
  let files: readonly Attachment[] = [];
  let current = message;
  while (quoted.length < maxChain) {
    const replied = await referenceOf(current);
    if (!replied || replied.author.id === message.client.user.id) break;
    const content = contentOf(replied);
    const text = withNames(content.text, replied).slice(0, maxText).toWellFormed().trim();
    if (text !== "") quoted.unshift({ name: replied.author.displayName, text });
    if (current === message) ({ files } = content);
    current = replied;
  }
  return { quoted, files };
}

async function referenceOf(message: DiscordMessage): Promise<DiscordMessage | undefined> {
  if (message.reference?.messageId) return message.fetchReference().catch(() => undefined);
  const { channel } = message;
  if (!channel.isThread()) return undefined;
  return (await starterOf(channel)) ?? undefined;
}

type Thread = Extract<DiscordMessage["channel"], { fetchStarterMessage(): unknown }>;

/** Starters that were read, so that a thread asks for its own only once. */
const maxStarters = 200;
const starters = new WeakMap<object, Map<string, Promise<DiscordMessage | null>>>();

function starterOf(thread: Thread): Promise<DiscordMessage | null> {
  const known = starters.get(thread.client) ?? new Map<string, Promise<DiscordMessage | null>>();
  starters.set(thread.client, known);
  const starter = known.get(thread.id) ?? thread.fetchStarterMessage().catch(() => null);
  known.set(thread.id, starter);
  if (known.size > maxStarters) known.delete(known.keys().next().value!);
  return starter;
}
