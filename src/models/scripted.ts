import { ApprenticeError, type ErrorCode } from "../core/errors.ts";
import type { LanguageModel, ModelRequest } from "./model.ts";

/** What a scripted model says next: pieces of an answer, and perhaps a failure after them. */
export type ScriptedAnswer = {
  readonly pieces: readonly string[];
  readonly failure?: ErrorCode;
};

/** A language model that answers by a script, for tests and demonstrations without a server. */
export type ScriptedModel = LanguageModel & {
  /** Every request it got, in order. */
  readonly requests: readonly ModelRequest[];
};

/** Answers each request by `script`. An abort of the signal throws `cancelled` between two pieces. */
export function createScriptedModel(
  script: (request: ModelRequest, index: number) => ScriptedAnswer | string,
  name = "scripted/model",
): ScriptedModel {
  const requests: ModelRequest[] = [];
  return {
    name,
    requests,
    async *answer(request, signal) {
      requests.push(request);
      const answer = script(request, requests.length - 1);
      const { pieces, failure } =
        typeof answer === "string" ? { pieces: [answer], failure: undefined } : answer;
      for (const piece of pieces) {
        if (signal?.aborted) throw new ApprenticeError("cancelled", {}, { cause: signal.reason });
        yield piece;
      }
      if (failure) throw new ApprenticeError(failure);
    },
  };
}
