/** Expressions that could take long on hostile text, and why nobody can give them any. */
export const knownSafe: Readonly<Record<string, string>> = {};

/** Files that build expressions from values, and why these are safe. */
export const builtAtRunTime: Readonly<Record<string, string>> = {};
