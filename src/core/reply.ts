import type { CommandCall } from "./message.ts";

/** A value that survives JSON. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

/** A file the bot sends. */
export type OutgoingFile = {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
};

/** A button under a reply. A press is a message with this `call`, from whoever pressed. */
export type ReplyButton = {
  readonly label: string;
  readonly call: CommandCall;
  readonly style?: "good" | "bad";
  /** The option of the command that a press asks for first, in a form or by the next message. */
  readonly asks?: string;
};

/** One of the things that a reply lists. */
export type ReplyItem = {
  readonly text: string;
  readonly buttons?: readonly ReplyButton[];
  /** The same thing listed again has the same key, and is shown once in a thread that goes on. */
  readonly key?: string;
};

/** What a command answers: words for a person, and the same facts for a program. */
export type Reply = {
  readonly text: string;
  /** The facts behind the text: printed by `--json`, returned by the HTTP API. */
  readonly data?: Json;
  readonly files?: readonly OutgoingFile[];
  /** The teaching action this reply is the receipt of; platforms offer "undo" for it. */
  readonly actionId?: string;
  /** The turn this reply answers; platforms offer correct / rate / why for it. */
  readonly turnId?: string;
  /** `false`: this says that the answer is not known; platforms offer to teach it. */
  readonly known?: boolean;
  readonly buttons?: readonly ReplyButton[];
  /**
   * What the text lists, one by one with buttons: a platform with threads shows each as a message in a
   * thread under the reply. The text alone says it all too.
   */
  readonly items?: readonly ReplyItem[];
  /** The long work this reply has started: its message tells later how far it is and what came of it. */
  readonly jobId?: string;
  /** A piece of an answer in the making: a platform may offer to stop it, and may leave a piece out by failing. */
  readonly unfinished?: true;
  /** `false`: what was asked for was examined and refused; a command line ends with 1 then. */
  readonly done?: false;
  /** Set when this reply tells a failure: the permanent code, and the id in the log. */
  readonly failure?: { readonly code: string; readonly id: string };
  /** What was understood of a sound file; the text shows it. */
  readonly transcript?: string;
  /** Only for the person who asked, where the platform can do that. */
  readonly personal?: boolean;
};
