import type { Message } from "./message.ts";
import type { Answer } from "./answer.ts";
import type { Reply } from "./reply.ts";

/** What a platform can carry, as numbers. */
export type PlatformLimits = {
  /** Characters (UTF-16 code units) in one message. */
  readonly text: number;
  /** Least milliseconds between two edits of one message. */
  readonly editInterval: number;
};

/** The way back to the place a message came from. Nothing sent through it pings anyone. */
export type Outbound = {
  readonly limits: PlatformLimits;
  /** Sends a message and gives its platform id. */
  send(reply: Reply, signal?: AbortSignal): Promise<string>;
  /** Replaces the text of a message sent earlier. */
  edit(messageId: string, text: string, signal?: AbortSignal): Promise<void>;
  /** Shows that an answer is being made. */
  typing?(): Promise<void>;
  /** For platforms that can append: takes the pieces as they come, then the finished answer. */
  stream?: {
    delta(text: string): void;
    done(answer: Answer): void;
  };
};

/** The one door through which every message enters. */
export type Receive = (message: Message, outbound: Outbound, signal?: AbortSignal) => Promise<void>;
