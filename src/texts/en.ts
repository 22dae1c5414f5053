import { answers } from "./en/answers.ts";
import { commandLine } from "./en/command-line.ts";
import { commands } from "./en/commands.ts";
import { conversation } from "./en/conversation.ts";
import { datasets } from "./en/datasets.ts";
import { encoders } from "./en/encoders.ts";
import { errors } from "./en/errors.ts";
import { fileErrors } from "./en/file-errors.ts";
import { models } from "./en/models.ts";
import { smallTalk } from "./en/small-talk.ts";
import { teaching } from "./en/teaching.ts";
import type { Text } from "./text.ts";

/** Everything the bot says, in English. The other languages have the same keys and blanks. */
export const en = {
  ...errors,
  ...fileErrors,
  ...conversation,
  ...smallTalk,
  ...teaching,
  ...answers,
  ...datasets,
  ...models,
  ...encoders,
  ...commands,
  ...commandLine,
} satisfies Record<string, Text>;

export type TextKey = keyof typeof en;
