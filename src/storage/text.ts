/**
 * A text as both engines can keep it: lone surrogates and NUL, which Postgres refuses and SQLite
 * would alter or cut, become U+FFFD. All other text is unchanged.
 */
export const storableText = (text: string): string =>
  text.toWellFormed().replaceAll("\0", "\uFFFD");

/** Query parameters with every text made storable. */
export const storableParameters = (parameters: readonly unknown[]): unknown[] =>
  parameters.map((value) => (typeof value === "string" ? storableText(value) : value));
