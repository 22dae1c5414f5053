import { createLimits, type Limits } from "./bot/limits.ts";
import type { Config } from "./config.ts";
import { limitExamples, type ExampleLimit } from "./learning/example-limit.ts";

/** How much people may send, as the settings say. */
export const messageLimits = (config: Config): Limits =>
  createLimits({
    messageCharacters: config["limits.messageCharacters"],
    messagesPerMinute: config["limits.messagesPerMinute"],
    personMessagesPerMinute: config["limits.personMessagesPerMinute"],
    messagesPerSecond: config["limits.messagesPerSecond"],
  });

/** How much a community may be taught, as the settings say. */
export const exampleLimit = (config: Config): ExampleLimit =>
  limitExamples(config["limits.examplesPerWorkspace"], config["limits.approvedWorkspaces"]);
