import { en, type TextKey } from "./en.ts";

/**
 * Why rows were left out, e.g. `retracted: 2, no-pair: 3`: the codes in words. What is no such list
 * stays as it is.
 */
export const rowReasons = (reasons: string, say: (key: TextKey) => string): string =>
  reasons.replaceAll(
    /(^|, )([a-z-]+)(?=: [\d.,]+(?:, |$))/g,
    (whole, before: string, code: string) =>
      Object.hasOwn(en, `row-reason.${code}`)
        ? before + say(`row-reason.${code}` as TextKey)
        : whole,
  );

/** The same of counts by code; empty without any. */
export const countedReasons = (
  counts: Readonly<Record<string, number>>,
  say: (key: TextKey) => string,
): string =>
  rowReasons(
    Object.entries(counts)
      .map(([code, count]) => `${code}: ${count}`)
      .join(", "),
    say,
  );
