import { RateLimiterMemory } from "rate-limiter-flexible";
import { asApprenticeError } from "../core/errors.ts";
import type { Log } from "../core/log.ts";
import type { LanguageModel, ModelRequest } from "../models/model.ts";

/** So long a person waits for what is only asked on the way to an answer, in milliseconds. */
const patience = 10_000;
const longestReply = 2_000;
const mostRemembered = 1_000;

/**
 * Small questions that a language model is asked on the way to an answer. What was asked before is not
 * asked again; each workspace has so many an hour. `undefined`: it was not asked, or did not say.
 */
export type BriefQuestions = (
  workspace: string,
  model: LanguageModel,
  asked: { readonly system: string; readonly content: string },
  signal?: AbortSignal,
) => Promise<string | undefined>;

/** `perHour`: 0 asks none. */
export function createBriefQuestions(parts: {
  readonly perHour: number;
  readonly log: Log;
}): BriefQuestions {
  const { perHour, log } = parts;
  const budget = new RateLimiterMemory({ points: perHour, duration: 3_600 });
  const replies = new Map<string, Promise<string>>();
  return async (workspace, model, { system, content }, signal) => {
    if (perHour === 0 || signal?.aborted) return undefined;
    const key = JSON.stringify([workspace, model.name, system, content]);
    let reply = replies.get(key);
    if (!reply) {
      const isAllowed = await budget.consume(workspace).then(
        () => true,
        () => false,
      );
      if (!isAllowed) return undefined;
      reply = replyOf(model, { system, messages: [{ role: "user", content }] }, signal);
      if (replies.size >= mostRemembered) replies.delete(replies.keys().next().value!);
      replies.set(key, reply);
    }
    try {
      return await reply;
    } catch (thrown) {
      replies.delete(key);
      const { id, code } = asApprenticeError(thrown);
      if (!signal?.aborted) log.info("The language model did not say what was meant", { id, code });
      return undefined;
    }
  };
}

async function replyOf(
  model: LanguageModel,
  request: ModelRequest,
  signal: AbortSignal | undefined,
): Promise<string> {
  const enough = new AbortController();
  const limits = [AbortSignal.timeout(patience), enough.signal, ...(signal ? [signal] : [])];
  let said = "";
  for await (const piece of model.answer(request, AbortSignal.any(limits))) {
    said += piece;
    if (said.length > longestReply) break;
  }
  enough.abort();
  return said.slice(0, longestReply);
}
