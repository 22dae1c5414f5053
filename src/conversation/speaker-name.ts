const maxName = 60;

/** A person's name as a model sees it before their words: one line, without what could end the name. */
export const speakerName = (name: string): string =>
  name
    .replaceAll(/[\s\p{Cc}\p{Zl}\p{Zp}:<>[\]]+/gu, " ")
    .trim()
    .slice(0, maxName)
    .toWellFormed() || "?";

/** Words with their lines set in, so that none of them can begin like somebody else's turn. */
export const setIn = (text: string): string => text.replaceAll(/\r\n|[\n\r\u2028\u2029]/g, "\n  ");
