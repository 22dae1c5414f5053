/** Expressions that could take long on hostile text, and why nobody can give them any. */
export const knownSafe: Readonly<Record<string, string>> = {
  [String.raw`/\$\s?(\d{1,15}(?:[.,]\d{1,9})?)|(\d{1,15}(?:[.,]\d{1,9})?)\s?\$/g`]:
    "every repetition is bounded, so each place of a text takes at most a few hundred steps",
  [String.raw`/€\s?(\d{1,15}(?:[.,]\d{1,9})?)|(\d{1,15}(?:[.,]\d{1,9})?)\s?€/g`]:
    "every repetition is bounded, so each place of a text takes at most a few hundred steps",
  [String.raw`/(?<![\d.,])\d{1,12}(?:[.,]\d{1,6})?(?:\s?[-−–+*×·:÷/]\s?\d{1,12}(?:[.,]\d{1,6})?){1,8}\s?=\s?[-−]?\d{1,12}(?:[.,]\d{1,6})?(?!\d)/g`]:
    "every repetition is bounded; the test of hostile clauses measures it",
};

/** Files that build expressions from values, and why these are safe. */
export const builtAtRunTime: Readonly<Record<string, string>> = {
  "src/commands/duel.ts": "two anchored names of bounded length, then everything to the end",
};
