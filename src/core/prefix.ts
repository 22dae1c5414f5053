import type { PlatformName } from "./message.ts";

/** What a command in a message may start with: a few signs that no sentence starts with. */
export const prefixPattern = /^[^\s\p{L}\p{N}]{1,5}$/u;

const fixedPrefixes: Partial<Record<PlatformName, string>> = { cli: "apprentice ", telegram: "/" };

/** What commands start with on a platform; `chosen` where people choose it. */
export const prefixOn = (platform: PlatformName, chosen: string): string =>
  fixedPrefixes[platform] ?? chosen;
