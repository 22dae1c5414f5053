/**
 * Whether a workspace is a community of many, and not a private chat, the operator's own console or the
 * command line.
 */
const isCommunity = (workspace: string): boolean => /^(?:discord:\d|telegram:-)/.test(workspace);

/** Where a language model answers only from what was taught, if a workspace has not chosen. */
export const taughtOnlyPlaces = ["communities", "always", "never"] as const;
export type TaughtOnlyPlaces = (typeof taughtOnlyPlaces)[number];

export const isTaughtOnly = (places: TaughtOnlyPlaces, workspace: string): boolean =>
  places === "always" || (places === "communities" && isCommunity(workspace));
