import type { AskAnswer } from "../core/ask.ts";
import type { Answers } from "../learning/live/answers.ts";

/** So many prompts are read by an encoder together. */
const readAtOnce = 64;

/** What recall alone says to a prompt, without a conversation. */
export async function askRecall(
  answers: Answers,
  workspace: string,
  prompt: string,
): Promise<AskAnswer> {
  const source = await answers.of(workspace);
  await source.prepare([prompt]);
  const { recallVersion: modelVersion, encoder } = source;
  const { answer, guess, tier, score, exampleIds, suggestions } = source.recollect(prompt, {
    hints: false,
  });
  const said = { prompt, answer, tier, score, exampleIds, modelVersion, guess, suggestions };
  return { ...said, encoder };
}

/** The same for many prompts, one after the other. */
export async function* askRecallAll(
  answers: Answers,
  workspace: string,
  prompts: readonly string[],
): AsyncGenerator<AskAnswer> {
  for (const [place, prompt] of prompts.entries()) {
    if (place % readAtOnce === 0) {
      const source = await answers.of(workspace);
      await source.prepare(prompts.slice(place, place + readAtOnce));
    }
    yield await askRecall(answers, workspace, prompt);
  }
}
