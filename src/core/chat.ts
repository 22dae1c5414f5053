import type { Answer } from "./answer.ts";
import type { CommandCall } from "./message.ts";
import type { Json, ReplyButton } from "./reply.ts";

/** What the console chat sends for one message. */
export type ChatInput = {
  /** Made by the page, so that a message sent twice is one message. */
  readonly id: string;
  readonly room: string;
  readonly text: string;
  readonly files: readonly { name: string; mediaType: string; bytes: Uint8Array }[];
  readonly replyTo?: string;
  readonly language?: "en" | "ru";
  /** A button that was pressed, instead of a text. */
  readonly call?: CommandCall;
};

/** What comes back, one JSON object per line: pieces of an answer, then `done`; or a `reply`; or an `error`. */
export type ChatEvent =
  | { readonly kind: "delta"; readonly text: string }
  | { readonly kind: "done"; readonly answer: Answer }
  /** What was understood of a sound file that came with the message. */
  | { readonly kind: "heard"; readonly text: string }
  | {
      /** What a command answered. */
      readonly kind: "reply";
      readonly text: string;
      readonly data?: Json;
      readonly actionId?: string;
      readonly turnId?: string;
      readonly buttons?: readonly ReplyButton[];
      /** Long work that was started: the page follows it. */
      readonly jobId?: string;
      readonly files?: readonly { name: string; mediaType: string; base64: string }[];
    }
  | { readonly kind: "error"; readonly code: string; readonly text: string; readonly id: string };
