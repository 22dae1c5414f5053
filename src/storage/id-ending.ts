/** A shorter ending could name the wrong row by chance. */
const endingPattern = /^[0-9a-f-]{6,36}$/u;

/** What somebody gave for an id, as the ending of one; `undefined` when no id ends so. */
export function idEnding(given: string): string | undefined {
  const ending = given.toLowerCase();
  return endingPattern.test(ending) ? ending : undefined;
}
