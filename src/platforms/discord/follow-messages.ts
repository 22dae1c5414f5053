import type { Client, Message as DiscordMessage, PartialMessage } from "discord.js";
import { withoutMention } from "./inbound.ts";
import type { DiscordParts } from "./parts.ts";
import { messageIdOf, workspaceOf } from "./place.ts";
import type { Work } from "./work.ts";

/** What people change or delete changes what the bot remembers of it. */
export function followMessages(client: Client, { follow }: DiscordParts, work: Work): void {
  client.on("messageUpdate", (_before, message) =>
    work.run(async () => {
      // A link that gets its preview is an update too, without anybody having edited anything.
      if (message.author?.bot || !message.editedTimestamp || message.content === null) return;
      const workspace = workspaceIn(message);
      if (!workspace) return;
      const { text } = withoutMention(message.content, message);
      await follow.edited(workspace, messageIdOf(message.id), text);
    }),
  );
  client.on("messageDelete", (message) => work.run(() => deleted(message)));
  client.on("messageDeleteBulk", (messages) =>
    work.run(async () => {
      for (const message of messages.values()) await deleted(message);
    }),
  );

  async function deleted(message: DiscordMessage | PartialMessage): Promise<void> {
    const workspace = workspaceIn(message);
    if (workspace) await follow.deleted(workspace, messageIdOf(message.id));
  }
}

/** Of a deleted message Discord tells only its place: a private chat is its person's. */
function workspaceIn({
  guildId,
  author,
  channel,
}: DiscordMessage | PartialMessage): string | undefined {
  if (guildId) return workspaceOf(guildId, "");
  const userId =
    author?.id ??
    (channel.isDMBased() && "recipientId" in channel ? channel.recipientId : undefined);
  return userId === undefined ? undefined : workspaceOf(null, userId);
}
