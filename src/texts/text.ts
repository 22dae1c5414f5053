/**
 * One thing the bot says. `{name}` is a blank. A plural text has a form for each category that
 * `Intl.PluralRules` knows in its language, chosen by the blank `{count}`.
 */
export type Text = string | PluralText;
export type PluralText = { readonly [category in Intl.LDMLPluralRule]?: string } & {
  readonly other: string;
};
