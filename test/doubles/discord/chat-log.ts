import { buttonsOf } from "./person.ts";
import type { Happening } from "./happenings.ts";
import type { Channel, StoredMessage, User, World } from "./world.ts";

/** Of a message, what a log shows. */
const longestLine = 400;

/** Tells what happens in a Discord as the lines of a chat log, once each message is as it stays. */
export function tellChat(world: World, tell: (line: string) => void): { finish(): void } {
  const told = new Map<string, string>();
  let next = 0;
  const catchUp = (): void => {
    for (const happening of world.happenings.all.slice(next)) {
      const line = lineOf(world, happening);
      if (line === undefined || told.get(happening.about) === line) continue;
      told.set(happening.about, line);
      tell(line);
    }
    next = world.happenings.last;
  };
  const timer = setInterval(catchUp, 50).unref();
  return {
    finish() {
      clearInterval(timer);
      catchUp();
    },
  };
}

function lineOf(world: World, { name, about, channelId, detail }: Happening): string | undefined {
  const channel = channelId === undefined ? undefined : world.channels.get(channelId);
  if (!channel) return undefined;
  const place = placeOf(world, channel);
  switch (name) {
    case "MESSAGE_CREATE":
    case "MESSAGE_UPDATE": {
      const message = world.messages.get(channel.id)?.get(about);
      return message && `${place} ${messageLine(world, message)}`;
    }
    case "MESSAGE_DELETE":
      return `${place} (a message was deleted)`;
    case "MESSAGE_REACTION_ADD": {
      const { emoji, user } = detail as { emoji: string; user: User };
      return `${place} ${user.name} reacts with ${emoji}`;
    }
    case "THREAD_CREATE":
      return `${place} (a thread was opened: ${world.channels.get(about)?.name})`;
    case "interaction.begun": {
      const { user, did } = detail as { user: User; did: string };
      return `${place} ${user.name} ${did}`;
    }
    case "interaction.choices": {
      const choices = (detail as { name: string }[]).map((choice) => choice.name);
      return `${place} (offered: ${choices.join(" | ") || "nothing"})`;
    }
    default:
      return undefined;
  }
}

function placeOf(world: World, channel: Channel): string {
  if (channel.guildId === undefined) return `[private: ${channel.recipients[0]?.name}]`;
  const parent = channel.parentId === undefined ? undefined : world.channels.get(channel.parentId);
  const path = parent ? `#${parent.name} > ${channel.name}` : `#${channel.name}`;
  return `[${world.guilds.get(channel.guildId)?.name} ${path}]`;
}

function messageLine(world: World, message: StoredMessage): string {
  const { author, content, files, onlyFor } = message;
  const reader = onlyFor === undefined ? "" : ` (only for ${world.users.get(onlyFor)?.name})`;
  const words = content
    .replaceAll(/<@!?(\d+)>/g, (_mention, id: string) => `@${world.users.get(id)?.name ?? id}`)
    .replaceAll("\n", "\n    ");
  const text = words.length > longestLine ? `${words.slice(0, longestLine)}…` : words;
  const attached = files.map((file) => `\n    📎 ${file.name}`).join("");
  const buttons = buttonsOf(message).map(
    ({ label, emoji }) => `[${String(label ?? (emoji as { name: string }).name)}]`,
  );
  return `${author.name}${reader}: ${text}${attached}${buttons.length > 0 ? `\n    ${buttons.join(" ")}` : ""}`;
}
