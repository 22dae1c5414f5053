import { isoDate } from "../core/clock.ts";
import type { Example } from "../core/example.ts";
import type { Turn } from "../core/turn.ts";
import type { TextKey } from "../texts/en.ts";
import { say, type Voice } from "../texts/say.ts";
import { judgeOf } from "./judge.ts";
import { isSmallTalk } from "./small-talk-answer.ts";

/** How much of a taught text is quoted, in UTF-16 units. */
const longestQuote = 300;

type Explained = Pick<Example, "id" | "prompt" | "answer" | "label" | "author" | "createdAt">;

/**
 * Where an answer came from, in words: what answered, how sure it was, and each taught example that
 * shaped it with who taught it and when. `examples` are those of the turn that still exist.
 */
export function explainTurn(turn: Turn, examples: readonly Explained[], voice: Voice): string {
  const [answerer = turn.modelVersion] = turn.modelVersion.split(/\+(?=(?:v\d+\+)?recall@)/);
  const percent = Math.round(turn.score * 100);
  const lines = [
    say(voice, reasonOf(turn), {
      percent,
      model: judgeOf(answerer) ?? answerer,
      count: turn.exampleIds.length,
    }),
    say(voice, "why.version", { version: turn.modelVersion }),
    ...examples.map((example) =>
      say(voice, exampleKey(example), {
        prompt: quote(example.prompt),
        answer: quote(example.answer ?? ""),
        author: example.author,
        date: isoDate(example.createdAt),
        id: example.id.slice(-8),
      }),
    ),
  ];
  const gone = turn.exampleIds.length - examples.length;
  if (gone > 0) lines.push(say(voice, "why.gone", { count: gone }));
  return lines.join("\n");
}

function reasonOf(turn: Turn): TextKey {
  const { answer, known, tier, exampleIds, modelVersion } = turn;
  if (answer === null) return "why.unanswered";
  if (isSmallTalk(turn)) return "why.small-talk";
  if (judgeOf(modelVersion) !== undefined) return "why.judged";
  if (!known) return exampleIds.length > 0 ? "why.taught-unknown" : "why.unknown";
  if (!/^(?:v\d+\+)?recall@/.test(modelVersion))
    return exampleIds.length > 0 ? "why.model-with-examples" : "why.model-alone";
  return tier === "exact" ? "why.exact" : "why.near";
}

function exampleKey({ label, answer }: Explained): TextKey {
  if (answer === null) return "why.example-unknown";
  return label === "positive" ? "why.example" : "why.example-negative";
}

function quote(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length > longestQuote ? `${line.slice(0, longestQuote)}…`.toWellFormed() : line;
}
