import type { TextKey } from "./en.ts";
import type { Text } from "./say.ts";

/** The replies of the bot that this one replaces, for communities that grew used to them. */
export const classic: Partial<Record<TextKey, Text>> = {};
