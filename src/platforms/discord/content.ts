import {
  MessageReferenceType,
  type Attachment as DiscordAttachment,
  type Client,
  type Embed,
  type Message as DiscordMessage,
  type MessageSnapshot,
  type Poll,
} from "discord.js";
import type { Attachment } from "../../core/message.ts";
import { attachmentFrom } from "./attachments.ts";

/** What a message holds, wherever it stands: forwards, embeds, polls and names included. */
export type Content = {
  readonly text: string;
  readonly files: readonly Attachment[];
  /** Whether it is somebody else's message, passed on. */
  readonly isForwarded: boolean;
};

/** Of one embed or poll, in UTF-16 code units. */
const maxPart = 4_000;

/** Reads everything that people see in a message. */
export function contentOf(message: DiscordMessage): Content {
  const isForwarded = message.reference?.type === MessageReferenceType.Forward;
  const snapshots = [...message.messageSnapshots.values()];
  const own = message.content.trim();
  const parts = [
    own,
    // Below words of their own, embeds are only previews of the addresses in them.
    ...(own === "" ? message.embeds.map(embedText) : []),
    ...(message.poll ? [pollText(message.poll)] : []),
    ...snapshots.map(snapshotText),
  ];
  return {
    text: parts.filter((part) => part !== "").join("\n\n"),
    files: [message, ...snapshots].flatMap(({ attachments }) => filesIn(attachments)),
    isForwarded,
  };
}

const snapshotText = ({ content, embeds }: MessageSnapshot): string =>
  content?.trim() || (embeds ?? []).map(embedText).join("\n\n");

const filesIn = (
  attachments: { values(): Iterable<DiscordAttachment> } | null | undefined,
): Attachment[] => [...(attachments?.values() ?? [])].map(attachmentFrom);

function embedText({ author, title, description, fields, footer }: Embed): string {
  const lines = [
    author?.name,
    title,
    description,
    ...fields.map(({ name, value }) => `${name}: ${value}`),
    footer?.text,
  ];
  return lines
    .filter((line) => line)
    .join("\n")
    .slice(0, maxPart)
    .toWellFormed();
}

function pollText({ question, answers }: Poll): string {
  const choices = [...answers.values()].map(({ text }) => `- ${text ?? ""}`);
  return [question.text ?? "", ...choices].join("\n").slice(0, maxPart).toWellFormed();
}

/** Words in which people, channels and roles stand by their names instead of by numbers. */
export function withNames(text: string, { client, guild, mentions }: DiscordMessage): string {
  return text.replaceAll(/<(@[!&]?|#)(\d{1,20})>/g, (whole, kind: string, id: string) => {
    if (kind === "#") return nameOf("#", channelName(client, id)) ?? whole;
    if (kind === "@&") return nameOf("@", guild?.roles.cache.get(id)?.name) ?? whole;
    const name =
      mentions.members?.get(id)?.displayName ??
      mentions.users.get(id)?.displayName ??
      client.users.cache.get(id)?.displayName;
    return nameOf("@", name) ?? whole;
  });
}

const nameOf = (sign: string, name: string | undefined): string | undefined =>
  name === undefined ? undefined : sign + name;

function channelName(client: Client, id: string): string | undefined {
  const channel = client.channels.cache.get(id);
  return channel && "name" in channel ? (channel.name ?? undefined) : undefined;
}
