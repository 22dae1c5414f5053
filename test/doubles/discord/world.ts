import type { Clock } from "./clock.ts";
import { createHappenings, type Happenings } from "./happenings.ts";

export type User = {
  readonly id: string;
  readonly name: string;
  readonly bot: boolean;
  readonly locale: string;
  /** Whether it takes private messages. */
  open: boolean;
};
export type Role = {
  readonly id: string;
  readonly name: string;
  permissions: bigint;
  /** The application's own role in a guild. */
  readonly botId?: string;
};
export type Member = { readonly user: User; roles: string[]; readonly joinedAt: number };
export type Guild = {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string;
  readonly locale: string;
  readonly roles: Map<string, Role>;
  readonly members: Map<string, Member>;
};
export type Overwrite = { readonly id: string; readonly type: 0 | 1; allow: bigint; deny: bigint };

/** Discord's channel types: 0 text, 1 private chat, 2 voice, 11 public thread. */
export type Channel = {
  readonly id: string;
  readonly type: 0 | 1 | 2 | 11 | 12 | 13;
  readonly name: string;
  readonly guildId?: string;
  readonly parentId?: string;
  readonly ownerId?: string;
  readonly recipients: readonly User[];
  readonly overwrites: Overwrite[];
  archived: boolean;
  lastMessageId?: string;
};

export type StoredFile = {
  readonly id: string;
  readonly name: string;
  readonly bytes: Uint8Array;
  /** What the sender said it is. */
  readonly contentType?: string;
};
/** A file that somebody sends. */
export type FileGiven = {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly contentType?: string;
};

export type Component = { readonly type: number; readonly [key: string]: unknown };
export type StoredMessage = {
  readonly id: string;
  readonly channelId: string;
  readonly author: User;
  readonly type: number;
  content: string;
  files: StoredFile[];
  components: Component[];
  embeds: object[];
  flags: number;
  editedAt?: number;
  readonly nonce?: string | number;
  readonly replyTo?: string;
  /** The interaction it answers. */
  readonly interactionId?: string;
  /** An ephemeral message: only this user sees it. */
  readonly onlyFor?: string;
  /** Who it really pings, by what `allowed_mentions` lets through. */
  readonly pings: readonly string[];
  /** Further keys of its payload: a poll, what it passes on. */
  readonly extra?: object;
  readonly reactions: Map<string, Set<string>>;
  threadId?: string;
};

export type Command = {
  readonly id: string;
  readonly version: string;
  readonly guildId?: string;
  readonly name: string;
  readonly type: number;
  readonly [key: string]: unknown;
};

export type Interaction = {
  readonly id: string;
  readonly token: string;
  /** 2 command, 3 component, 4 autocomplete, 5 modal. */
  readonly type: 2 | 3 | 4 | 5;
  readonly user: User;
  readonly channelId: string;
  readonly createdAt: number;
  /** The message whose component was pressed. */
  readonly messageId?: string;
  state: "open" | "deferred" | "answered";
  ephemeral: boolean;
  originalId?: string;
};

/** One gateway event and who is to have it. */
export type Dispatch = {
  readonly name: string;
  readonly data: object;
  readonly guildId?: string;
  readonly channel?: Channel;
  /** At least one of these intents; none: everybody has it. */
  readonly intents?: number;
  /** For events that carry a message: its content needs the Message Content intent. */
  readonly message?: StoredMessage;
};

/** Everything there is in this Discord. */
export type World = {
  readonly clock: Clock;
  readonly happenings: Happenings;
  readonly bot: User;
  readonly token: string;
  readonly users: Map<string, User>;
  readonly guilds: Map<string, Guild>;
  readonly channels: Map<string, Channel>;
  /** By channel, oldest first. */
  readonly messages: Map<string, Map<string, StoredMessage>>;
  readonly files: Map<string, StoredFile>;
  readonly interactions: Map<string, Interaction>;
  /** By guild; `global` for those that hold everywhere. */
  readonly commands: Map<string, readonly Command[]>;
  /** The voice states of each guild, as GUILD_CREATE gives them. */
  readonly voiceStates: Map<string, readonly object[]>;
  /** Whether the operator allowed the privileged intents. */
  readonly allowed: { messageContent: boolean; guildMembers: boolean };
  /** Sends an event to the sessions that are to have it; set by the gateway. */
  dispatch: (event: Dispatch) => void;
  /** The bot changes its place on a stage; set by the voice half. */
  onStage: (guildId: string, change: StageChange) => void;
  /** Where it is reached, e.g. `http://127.0.0.1:4000`; set when it listens. */
  origin: string;
};

/** `suppress`: in the audience, or not; `asks`: to be let forward. */
export type StageChange = { readonly suppress?: boolean; readonly asks?: boolean };

export function createWorld(clock: Clock, token: string): World {
  const bot: User = { id: clock.id(), name: "Bot", bot: true, locale: "en-US", open: true };
  return {
    clock,
    happenings: createHappenings(),
    bot,
    token,
    users: new Map([[bot.id, bot]]),
    guilds: new Map(),
    channels: new Map(),
    messages: new Map(),
    files: new Map(),
    interactions: new Map(),
    commands: new Map(),
    voiceStates: new Map(),
    allowed: { messageContent: true, guildMembers: false },
    dispatch: () => {},
    onStage: () => {},
    origin: "",
  };
}

export const messageIn = (
  world: World,
  channelId: string,
  messageId: string,
): StoredMessage | undefined => world.messages.get(channelId)?.get(messageId);
