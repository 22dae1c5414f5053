import type { Hint, Recollection } from "../learning/recall/recall.ts";
import { say, type Voice } from "../texts/say.ts";

/** Bounds of what goes into a system prompt, in UTF-16 units. */
const longestPersona = 8_000;
const longestText = 2_000;
const longestExamples = 8_000;

export type PromptParts = {
  readonly persona: string | null;
  readonly voice: Voice;
  readonly recollection: Pick<Recollection, "hints">;
  /** Whether only what was taught may be answered. */
  readonly isTaughtOnly?: boolean;
};

/**
 * The system prompt: who the bot is here, its rules, and the taught examples, closest first, as many as
 * there is room for. Examples are numbered JSON between tags and said to be data, so that words taught
 * by people are not taken for instructions. `shown`: the examples that got in, in the order of their
 * numbers.
 */
export function systemPrompt({ persona, voice, recollection, isTaughtOnly = false }: PromptParts): {
  readonly system: string;
  readonly shown: readonly Hint[];
} {
  const shown = hintsThatFit(recollection.hints);
  const examples = shown.map((hint, place) => asJson(hint, place + 1)).join("\n");
  const sections = [
    persona?.slice(0, longestPersona) ?? say(voice, "answer.persona"),
    say(voice, "answer.rules"),
    ...(isTaughtOnly ? [say(voice, "answer.taught-only")] : []),
    ...(shown.length > 0
      ? [say(voice, "answer.examples"), `<taught>\n${examples}\n</taught>`]
      : []),
  ];
  return { system: sections.join("\n\n"), shown };
}

function hintsThatFit(hints: readonly Hint[]): readonly Hint[] {
  let left = longestExamples;
  return hints.filter((hint) => {
    const { length } = asJson(hint, hints.length);
    if (length > left) return false;
    left -= length;
    return true;
  });
}

/** One example on one line. `<` is escaped so that no taught text can close the tag. */
function asJson({ prompt, answer, label }: Hint, n: number): string {
  const text = answer === null ? null : shortened(answer);
  const example =
    label === "positive"
      ? { n, question: shortened(prompt), answer: text }
      : { n, question: shortened(prompt), wrong_answer: text };
  return JSON.stringify(example).replaceAll("<", "\\u003c");
}

const shortened = (text: string): string =>
  text.length > longestText ? `${text.slice(0, longestText)}…`.toWellFormed() : text;
