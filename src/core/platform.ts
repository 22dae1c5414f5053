import type { Message } from "./message.ts";
import type { Answer } from "./answer.ts";
import type { Reply } from "./reply.ts";

/** What a platform can carry, as numbers. */
export type PlatformLimits = {
  /** Characters (UTF-16 code units) in one message. */
  readonly text: number;
  /** Least milliseconds between two edits of one message. */
  readonly editInterval: number;
  /** A reply that would take more messages than this comes as a file; without it there is no end. */
  readonly messages?: number;
};

/** A voice message, as Discord and Telegram take it. */
export type VoiceMessage = {
  /** OGG with one Opus track: 48 kHz, mono. */
  readonly bytes: Uint8Array;
  /** In seconds. */
  readonly duration: number;
  /** How loud it is from start to end: at most 256 points of 0 to 255. */
  readonly waveform: Uint8Array;
};

/** The way back to the place a message came from. Nothing sent through it pings anyone. */
export type Outbound = {
  readonly limits: PlatformLimits;
  /** Sends a message and gives its platform id. */
  send(reply: Reply, signal?: AbortSignal): Promise<string>;
  /**
   * Replaces the text and the buttons of a message sent earlier. Throws `message-vanished` when it is
   * there no more.
   */
  edit(messageId: string, reply: Reply, signal?: AbortSignal): Promise<void>;
  /**
   * Shows unfinished text that vanishes by itself when the finished message comes, where a platform has
   * that; nothing is sent and edited then.
   */
  draft?(text: string): Promise<void>;
  /** Deletes a message sent earlier; one that is gone already is fine. */
  remove?(messageId: string, signal?: AbortSignal): Promise<void>;
  /**
   * The way for what a command answers, where a platform gives some of that only to whoever called it:
   * a way apart, or this one.
   */
  forCommand?(name: string): Outbound;
  /** Opens a thread under a message sent earlier, or the one that is open for such lists, and gives the way into it. */
  thread?(messageId: string): Promise<Outbound>;
  /** What a thread that goes on shows already, by the keys of its items. */
  readonly listed?: { has(key: string): boolean; add(key: string): Promise<void> };
  /** Sends a voice message, where a platform has them. */
  speak?(voice: VoiceMessage, signal?: AbortSignal): Promise<void>;
  /** Shows that an answer is being made. */
  typing?(): Promise<void>;
  /** For platforms that can append: takes the pieces as they come, then the finished answer. */
  stream?: {
    delta(text: string): void;
    done(answer: Answer): void;
  };
};

/**
 * A way into a room without a message to answer, for news of long work; `undefined` when the platform
 * is not there or no longer knows the room.
 */
export type Reach = (room: string) => Outbound | undefined;

/** What a platform has to remember over a restart: small texts by name, apart from other platforms'. */
export type PlatformNotes = {
  /** Keeps `body` under a name, in place of what was there. */
  put(name: string, body: string): Promise<void>;
  get(name: string): Promise<string | undefined>;
  remove(name: string): Promise<void>;
  /** The notes whose names begin so, by name. */
  list(prefix: string): Promise<readonly { readonly name: string; readonly body: string }[]>;
  /** Removes those whose names begin so and that were put before a moment, in milliseconds since the epoch. */
  prune(prefix: string, olderThan: number): Promise<void>;
};

/** The one door through which every message enters. */
export type Receive = (message: Message, outbound: Outbound, signal?: AbortSignal) => Promise<void>;

/**
 * Begins to answer a message before it is sure that it is meant: nothing is stored or shown, and `signal`
 * ends it. When the same message is received, its answer goes on from there. Never rejects.
 */
export type Prepare = (message: Message, signal: AbortSignal) => Promise<void>;
