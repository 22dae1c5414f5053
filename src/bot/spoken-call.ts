import type { Call } from "./run-command.ts";

/** What teaches by voice: the words, and the command they mean. */
const sayings: readonly (readonly [RegExp, (words: string) => Call])[] = [
  [
    /^(?:исправь|исправление|поправка|поправь)(?:[\s:,.—-]+)(?<words>\S.*)$/isu,
    (correction) => ({ name: "correct", values: { correction } }),
  ],
  [
    /^(?:correction|correct that|correct it)(?:[\s:,.—-]+)(?<words>\S.*)$/isu,
    (correction) => ({ name: "correct", values: { correction } }),
  ],
  [
    /^(?:нет|неправильно|неверно),?\s+(?:правильный ответ|правильно|верно|это)(?:[\s:,—-]+)(?<words>\S.*)$/isu,
    (correction) => ({ name: "correct", values: { correction } }),
  ],
  [
    /^(?:no|wrong),?\s+(?:it is|it's|the right answer is|the answer is)(?:[\s:,—-]+)(?<words>\S.*)$/isu,
    (correction) => ({ name: "correct", values: { correction } }),
  ],
  [
    /^(?:отмени|отменить|верни как было|undo|undo that|take it back)(?<words>)[.!]?$/isu,
    () => ({ name: "undo", values: {} }),
  ],
];

/**
 * The command that somebody means by what they said aloud, where nobody types a prefix: "correction:
 * ...", "no, it is ...", "undo", and the same in Russian. `undefined`: they just talk.
 */
export function spokenCall(text: string): Call | undefined {
  const said = text.trim();
  for (const [pattern, call] of sayings) {
    const words = pattern.exec(said)?.groups?.["words"];
    if (words !== undefined) return call(words.trim());
  }
  return undefined;
}
