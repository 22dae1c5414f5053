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
  /** Reads the whole file. Throws `attachment-too-large` past `maxBytes`. */
  read(maxBytes: number, signal?: AbortSignal): Promise<Uint8Array>;
};

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
  readonly via: "text" | "voice" | "command";
  /** Whether the bot was spoken to: a private chat, a mention, a reply to it, a listening room. */
  readonly addressed: boolean;
  /** The language of the person's client, when the platform tells. */
  readonly language?: Language;
  /** Milliseconds since the epoch. */
  readonly sentAt: number;
};
