import type { Language } from "../../core/language.ts";
import type { Log } from "../../core/log.ts";
import type { CommandCall, Message } from "../../core/message.ts";
import type { Person, Role } from "../../core/person.ts";
import type { Receive } from "../../core/platform.ts";
import type { ListThreads } from "./list-threads.ts";
import type { TextKey } from "../../texts/en.ts";
import type { Voice } from "../../texts/say.ts";

export type DiscordSettings = {
  readonly token: string;
  /** Where a Discord-compatible server is; Discord itself when not given. */
  readonly apiUrl?: string;
  /** Whether to ask for the Message Content intent. */
  readonly messageContent: boolean;
  readonly commands: "global" | "guilds" | "off";
  /** Names or ids of roles. */
  readonly trainerRoles: readonly string[];
  /** How far back messages are read that came while no process ran, in milliseconds; 0: none. */
  readonly catchUp: number;
  /** How many shards there are; as many as Discord recommends when not given. */
  readonly shardCount?: number;
  /** Which of them are here; all when not given. */
  readonly shards?: readonly number[];
};

/** What a slash command needs to know of a command: its form, as `commands/` declares it. */
export type SlashForm = {
  readonly name: string;
  readonly about: TextKey;
  readonly needs: Role;
  readonly options: Readonly<Record<string, SlashOption>>;
};
type SlashOption = {
  readonly type: "text" | "rest" | "integer" | "flag" | "choice" | "files" | "turn";
  readonly about: TextKey;
  readonly optional?: true;
  readonly choices?: readonly string[];
  /** What is offered while somebody types. */
  readonly suggest?: string;
};

export type TurnShown = {
  readonly prompt: string;
  readonly answer: string;
  readonly known: boolean;
};

export type Manners = {
  readonly voice: Voice;
  /** Whether what somebody said begins a conversation that gets a thread of its own. */
  opensThread(text: string): boolean;
};

/** What Discord is given to work with: the door for messages, and what its forms and menus show. */
export type DiscordParts = {
  readonly settings: DiscordSettings;
  readonly log: Log;
  readonly receive: Receive;
  readonly follow: {
    deleted(workspace: string, messageId: string): Promise<void>;
    edited(workspace: string, messageId: string, text: string): Promise<void>;
  };
  readonly commands: readonly SlashForm[];
  /** How the bot behaves in a workspace towards somebody with this language. */
  manners(workspace: string, language: Language): Promise<Manners>;
  /** What fits an option of this kind so far; nothing for somebody who may not use the command. */
  suggest(
    kind: string,
    typed: string,
    whom: { readonly workspace: string; readonly person: Person; readonly needs: Role },
  ): Promise<readonly { readonly label: string; readonly value: string }[]>;
  /** Messages whose answer an earlier process left unsent. */
  cutOff(): Promise<readonly { readonly room: string; readonly messageId: string }[]>;
  /** The turn that a message or its own id names, in a room where it may be just being stored. */
  turn(workspace: string, room: string, reference: string): Promise<TurnShown | undefined>;
  /** What a person thinks now of the answer that a message carries, and the action that undoes it. */
  rating(
    workspace: string,
    reference: string,
    person: string,
  ): Promise<{ readonly rating: "good" | "bad"; readonly actionId: string } | undefined>;
  /** Guilds that have commands of their own, over restarts. */
  readonly registeredGuilds: {
    add(guildId: string): Promise<void>;
    remove(guildId: string): Promise<void>;
    list(): Promise<readonly string[]>;
  };
  /** The id of the newest message that was seen, over restarts. */
  readonly newestSeen: {
    note(messageId: string): Promise<void>;
    last(): Promise<string | undefined>;
  };
  /** Private chats in which somebody talked to the bot lately, most recent first. */
  privateRooms(): Promise<readonly string[]>;
  /** The threads in which lists are shown, over restarts. */
  readonly lists: ListThreads;
  /** Keeps what is too long for a button; the same call has the same id. */
  readonly calls: {
    keep(call: KeptCall): Promise<string>;
    find(id: string): Promise<KeptCall | undefined>;
  };
};

/** A call behind a button, with the option that its press asks for. */
export type KeptCall = CommandCall & { readonly asks?: string };

/** What somebody wants with an interaction: a call to run, its files, and leave to train with it. */
export type Wanted = Pick<Message, "consent"> & {
  readonly call: KeptCall;
  readonly files?: Message["files"];
};
