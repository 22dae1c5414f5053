import { list, whole } from "./setting.ts";

/** How much people may send. */
export const limitSettings = {
  "limits.messageCharacters": whole(
    100,
    1_000_000,
    16_000,
    "The longest message that is read, in characters.",
  ),
  "limits.messagesPerMinute": whole(
    1,
    100_000,
    60,
    "How many messages one person may send in a minute in one community.",
  ),
  "limits.personMessagesPerMinute": whole(
    1,
    100_000,
    60,
    "How many messages one person may send in a minute in all communities together.",
  ),
  "limits.messagesPerSecond": whole(
    1,
    100_000,
    300,
    "How many messages of everybody together are answered in a second.",
  ),
  "limits.examplesPerWorkspace": whole(
    0,
    100_000_000,
    20_000,
    "How many examples a community that is not approved may hold; 0: as many as it likes.",
  ),
  "limits.approvedWorkspaces": list(
    "Communities that may hold as many examples as they like, e.g. discord:1234.",
  ),
  "limits.fileMb": whole(1, 1_000, 50, "The largest file that is taken, in megabytes."),
} as const;
