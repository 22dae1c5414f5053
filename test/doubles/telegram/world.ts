import {
  badRequest,
  entitiesIn,
  Refusal,
  type Chat,
  type FileFacts,
  type Happening,
  type Message,
  type User,
} from "./objects.ts";
import type { Updates } from "./updates.ts";

/** A place with its people and messages. */
export type Place = {
  chat: Chat;
  readonly members: Map<number, "creator" | "administrator" | "member">;
  readonly messages: Map<number, Message>;
  readonly topics: Set<number>;
  lastId: number;
  /** Where the group went when it became a supergroup. */
  migratedTo?: number;
  /** Why the bot may not write here any more. */
  closedBecause?: string;
  /** Gone for good. */
  vanished?: true;
};

export type StoredFile = {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly size: number;
};

/** Everything there is: places, people, files, what the bot has set, and what has happened. */
export type World = {
  readonly bot: User;
  readonly places: Map<number, Place>;
  readonly files: Map<string, StoredFile>;
  /** Menus by scope and language, as JSON of the scope and the code. */
  readonly menus: Map<string, readonly { command: string; description: string }[]>;
  readonly queries: Map<string, { answered: boolean; message: Message }>;
  readonly happenings: Happening[];
  readonly privacyMode: boolean;
  tell(happening: Happening): void;
  /** The place, if the bot may write there. Throws as Telegram refuses. */
  placeFor(chatId: unknown): Place;
  /** A new message in a place, from a person or from the bot. */
  post(place: Place, from: User | undefined, content: object): Message;
  keep(name: string, bytes: Uint8Array, size?: number): FileFacts;
};

export function createWorld(bot: User, privacyMode: boolean, now: () => number): World {
  const places = new Map<number, Place>();
  const files = new Map<string, StoredFile>();
  const happenings: Happening[] = [];
  let fileNumber = 0;
  return {
    bot,
    places,
    files,
    menus: new Map(),
    queries: new Map(),
    happenings,
    privacyMode,
    tell: (happening) => void happenings.push(happening),
    placeFor(chatId) {
      const place = places.get(Number(chatId));
      if (!place || place.vanished) throw badRequest("chat not found");
      if (place.migratedTo !== undefined) {
        throw new Refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", {
          migrate_to_chat_id: place.migratedTo,
        });
      }
      if (place.closedBecause) throw new Refusal(403, `Forbidden: ${place.closedBecause}`);
      return place;
    },
    post(place, from, content) {
      place.lastId += 1;
      const message: Message = {
        message_id: place.lastId,
        date: Math.floor(now() / 1_000),
        chat: place.chat,
        ...(from && { from }),
        ...withEntities(content),
      };
      place.messages.set(message.message_id, message);
      return message;
    },
    keep(name, bytes, size = bytes.length) {
      fileNumber += 1;
      const id = `file-${fileNumber}`;
      files.set(id, { path: `documents/${fileNumber}.bin`, bytes, size });
      return {
        file_id: id,
        file_unique_id: `unique-${fileNumber}`,
        file_size: size,
        file_name: name,
      };
    },
  };
}

function withEntities(content: object): object {
  const { text, caption, entities } = content as Partial<Message>;
  if (typeof text === "string" && entities === undefined) {
    const found = entitiesIn(text);
    return found.length > 0 ? { ...content, entities: found } : content;
  }
  if (typeof caption !== "string") return content;
  const found = entitiesIn(caption);
  return found.length > 0 ? { ...content, caption_entities: found } : content;
}

/** Whether Telegram hands a group's message to the bot: with privacy mode, only what concerns it. */
export function reaches(world: World, place: Place, message: Message): boolean {
  if (place.chat.type === "private" || !world.privacyMode) return true;
  const role = place.members.get(world.bot.id);
  if (role === "administrator" || role === "creator") return true;
  if (message.reply_to_message?.from?.id === world.bot.id) return true;
  if (message["migrate_to_chat_id"] || message["new_chat_members"]) return true;
  const words = message.text ?? message.caption ?? "";
  return (
    words.toLowerCase().includes(`@${world.bot.username}`.toLowerCase()) ||
    /^\/\w+(?!\w*@)(\s|$)/.test(words)
  );
}

/** Gives a new message to the bot, unless it may not see it. */
export function hand(world: World, updates: Updates, place: Place, message: Message): void {
  if (place.members.has(world.bot.id) && reaches(world, place, message))
    updates.add("message", message);
}
