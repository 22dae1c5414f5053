import { mannersAtStart, smallTalkIn } from "./small-talk.ts";

/** Longer than this, what is polite at the ends is not worth the search. */
const longestText = 4_000;
const ends = /[.!?…,;:\n]{1,5}|\s[—–-]\s/gu;

/**
 * A message without the greeting before what it asks and the thanks after it. The text itself where
 * nothing else would be left.
 */
export function withoutManners(text: string, names: readonly string[] = []): string {
  if (text.length > longestText) return text;
  const clauses = clausesOf(text.trim());
  const isManner = (clause: string): boolean =>
    !/[\p{L}\p{N}]/u.test(clause) || isPolite(clause, names);
  while (clauses.length > 0 && isManner(clauses[0]!)) clauses.shift();
  while (clauses.length > 0 && isManner(clauses.at(-1)!)) clauses.pop();
  const left = clauses
    .join("")
    .trim()
    .replace(/(?:[,;:\s]|[—–-]){1,5}$/u, "");
  const asked = left.slice(mannersAtStart(left)).trimStart();
  return asked === "" ? text : asked;
}

/** Only what is said to be polite: "fine" and "help" belong to what is asked. */
function isPolite(clause: string, names: readonly string[]): boolean {
  const talk = smallTalkIn(clause, names);
  return talk !== undefined && ["greeting", "thanks", "goodbye", "how-are-you"].includes(talk.kind);
}

/** The parts of a text between its marks, each with the mark after it. */
function clausesOf(text: string): string[] {
  const clauses: string[] = [];
  let from = 0;
  for (const { 0: mark, index } of text.matchAll(ends)) {
    clauses.push(text.slice(from, index + mark.length));
    from = index + mark.length;
  }
  return [...clauses, text.slice(from)];
}
