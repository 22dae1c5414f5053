import type { Consent } from "./example.ts";
import type { Language } from "./language.ts";
import type { Person } from "./person.ts";

export const platformNames = ["discord", "telegram", "web", "cli"] as const;
export type PlatformName = (typeof platformNames)[number];

/** A file that came with a message. The bytes are fetched only when somebody needs them. */
export type Attachment = {
  readonly name: string;
  /** As declared by the sender; never trusted, the bytes decide. */
  readonly mediaType: string;
  /** In bytes, as declared by the sender. */
  readonly size: number;
  /**
   * Reads the whole file. Throws `attachment-too-large` past `maxBytes`. `came` is told how many bytes
   * have come so far, where that takes a while.
   */
  read(maxBytes: number, signal?: AbortSignal, came?: (bytes: number) => void): Promise<Uint8Array>;
};

/** A command as a form filled it: a slash command, a button, a menu, a window. */
export type CommandCall = {
  readonly name: string;
  readonly values: Readonly<Record<string, unknown>>;
};

/** As many questions of one message are answered each by itself. */
export const mostQuestions = 4;

/** The id under which a question of a message is answered; the first one has the message's own. */
export const questionId = (messageId: string, place: number): string =>
  place === 0 ? messageId : `${messageId}/${place + 1}`;

/** The ids of all questions of a message but the first. */
export const laterQuestions = (messageId: string): readonly string[] =>
  Array.from({ length: mostQuestions - 1 }, (_, place) => questionId(messageId, place + 1));

/** The value of a call that names the only person who may press its button; no command has it. */
export const pressedOnlyBy = "for";

/** What came in, whatever the platform. */
export type Message = {
  /** Unique across platforms, e.g. `discord:998877`. The same id arriving twice is one message. */
  readonly id: string;
  readonly platform: PlatformName;
  /** One community and its knowledge, e.g. `discord:1234`, `web:local`. */
  readonly workspace: string;
  /** One conversation place in the workspace, e.g. `discord:5678`. */
  readonly room: string;
  readonly person: Person;
  readonly text: string;
  readonly files: readonly Attachment[];
  /** The id of the message this one replies to. */
  readonly replyTo?: string;
  /**
   * What the message answers or points at, oldest first, where the bot has not said it itself: a model
   * sees it before the message.
   */
  readonly quoted?: readonly { readonly name: string; readonly text: string }[];
  readonly via: "text" | "voice" | "command";
  /** Whether the bot was spoken to: a private chat, a mention, a reply to it, a listening room. */
  readonly addressed: boolean;
  /** Whether it began with the bot's name, which is cut off: then `train ...` is a command too. */
  readonly mentioned?: boolean;
  /** Set when a form was filled instead of a text typed. */
  readonly call?: CommandCall;
  /** Whether somebody passed on what was written elsewhere: words to talk about, never a command. */
  readonly isForwarded?: boolean;
  /** Leave to train with what the form holds, given in the form itself. */
  readonly consent?: Consent;
  /** The id of a turn that is answered anew: what came from it on is no part of the conversation. */
  readonly insteadOf?: string;
  /** The language of the person's client, when the platform tells. */
  readonly language?: Language;
  /** The id of the message that put this question beside others. */
  readonly partOf?: string;
  /** Milliseconds since the epoch. */
  readonly sentAt: number;
};
