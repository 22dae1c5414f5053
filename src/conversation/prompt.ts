import type { Hint, Recollection } from "../learning/recall/recall.ts";
import { say, type Voice } from "../texts/say.ts";

/** Bounds of what goes into a system prompt, in UTF-16 units. */
const longestPersona = 8_000;
const longestText = 2_000;
const longestExamples = 8_000;

/**
 * Where recall found nothing that fits, only examples this alike (cosine) are shown: mostly answers
 * that were rejected for nearly the same question. Others would only distract.
 */
const alikeEnough = 0.5;

export type PromptParts = {
  readonly persona: string | null;
  readonly voice: Voice;
  readonly recollection: Pick<Recollection, "tier" | "hints">;
};

/**
 * The system prompt: who the bot is here, its rules, and the taught examples that fit, closest
 * first, as many as there is room for. Examples are JSON between tags and said to be data, so that
 * words taught by people are not taken for instructions. `usedIds`: the examples that got in.
 */
export function systemPrompt({ persona, voice, recollection }: PromptParts): {
  readonly system: string;
  readonly usedIds: readonly string[];
} {
  const sections = [
    persona?.slice(0, longestPersona) ?? say(voice, "answer.persona"),
    say(voice, "answer.rules"),
  ];
  const { tier, hints } = recollection;
  const shown = hintsThatFit(
    tier === "none" ? hints.filter(({ similarity }) => similarity >= alikeEnough) : hints,
  );
  if (shown.length > 0) {
    const examples = shown.map(({ json }) => json).join("\n");
    sections.push(say(voice, "answer.examples"), `<taught>\n${examples}\n</taught>`);
  }
  return { system: sections.join("\n\n"), usedIds: shown.map(({ hint }) => hint.exampleId) };
}

function hintsThatFit(
  hints: readonly Hint[],
): readonly { readonly hint: Hint; readonly json: string }[] {
  let left = longestExamples;
  return hints
    .map((hint) => ({ hint, json: asJson(hint) }))
    .filter(({ json }) => {
      if (json.length > left) return false;
      left -= json.length;
      return true;
    });
}

/** One example on one line. `<` is escaped so that no taught text can close the tag. */
function asJson({ prompt, answer, label }: Hint): string {
  const text = answer === null ? null : shortened(answer);
  const example =
    label === "positive"
      ? { question: shortened(prompt), answer: text }
      : { question: shortened(prompt), wrong_answer: text };
  return JSON.stringify(example).replaceAll("<", "\\u003c");
}

const shortened = (text: string): string =>
  text.length > longestText ? `${text.slice(0, longestText)}…`.toWellFormed() : text;
