import type { Attachment } from "../core/message.ts";
import type { Role } from "../core/person.ts";
import type { TextKey } from "../texts/en.ts";

/**
 * One option of a command. The value that `run` sees follows from `type`:
 * `text` one word or a quoted text; `rest` everything to the end of the message, raw; `integer`;
 * `flag` yes or no; `choice` one of `choices`; `files` the attachments; `turn` an answer of the bot
 * (by reply, id, or "last").
 */
export type Option = {
  readonly type: "text" | "rest" | "integer" | "flag" | "choice" | "files" | "turn";
  readonly about: TextKey;
  readonly optional?: true;
  readonly choices?: readonly string[];
  /** What else stands for one of the choices, such as an emoji. */
  readonly words?: Readonly<Record<string, string>>;
  /** What people call it too, in any language. */
  readonly aliases?: readonly string[];
  /** What it names, for places that complete what is typed. */
  readonly suggest?: SuggestionKind;
};

/** Things of a workspace that an option can name. */
export type SuggestionKind =
  | "command"
  | "dataset"
  | "example"
  | "file"
  | "job"
  | "model"
  | "review";

export type Options = Readonly<Record<string, Option>>;

type ValueOf<Given extends Option> = Given["type"] extends "flag"
  ? boolean
  : Given["type"] extends "integer"
    ? number
    : Given["type"] extends "choice"
      ? Given["choices"] extends readonly (infer Choice)[]
        ? Choice
        : never
      : Given["type"] extends "files"
        ? readonly Attachment[]
        : string;

/** The values of a command's options, as `run` sees them. */
export type Values<Given extends Options> = {
  readonly [Name in keyof Given as Given[Name]["optional"] extends true ? never : Name]: ValueOf<
    Given[Name]
  >;
} & {
  readonly [Name in keyof Given as Given[Name]["optional"] extends true ? Name : never]?: ValueOf<
    Given[Name]
  >;
};

/** What a command is called, what it is for, who may use it, and what it is given. */
export type CommandForm<Given extends Options = Options> = {
  /** `[a-z][a-z0-9_]{0,31}`: fits Discord, Telegram and a shell. */
  readonly name: string;
  /** One sentence: what it does for the person. */
  readonly about: TextKey;
  /** The least role that may use it. */
  readonly needs: Role;
  /** In the order in which bare words fill them. */
  readonly options: Given;
  /** Whether its first two options are a question and an answer, as people write them in one line. */
  readonly takesLesson?: true;
  /** Whether whatever is written after its name means nothing, as in a greeting. */
  readonly ignoresWords?: true;
  /** Runs without waiting for the room's turn: it is about what is going on there. */
  readonly atOnce?: true;
  /** About whoever calls it alone: refused where that is not one person, and so are others' presses. */
  readonly personal?: true;
  /** Files of the reply that a command line can save under a name, by how their names begin. */
  readonly savedFiles?: Readonly<Record<string, TextKey>>;
  /** Lines a person could type after the prefix, shown by help. */
  readonly usageExamples?: readonly string[];
};
