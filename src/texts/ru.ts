import type { TextKey } from "./en.ts";
import { answers } from "./ru/answers.ts";
import { commandLine } from "./ru/command-line.ts";
import { commands } from "./ru/commands.ts";
import { conversation } from "./ru/conversation.ts";
import { datasets } from "./ru/datasets.ts";
import { encoders } from "./ru/encoders.ts";
import { errors } from "./ru/errors.ts";
import { fileErrors } from "./ru/file-errors.ts";
import { models } from "./ru/models.ts";
import { smallTalk } from "./ru/small-talk.ts";
import { teaching } from "./ru/teaching.ts";
import type { Text } from "./text.ts";

/** Everything the bot says, in Russian. */
export const ru: Record<TextKey, Text> = {
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
};
