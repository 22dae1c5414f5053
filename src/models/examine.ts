import { ApprenticeError } from "../core/errors.ts";
import { networkCode } from "./failure.ts";
import { createLanguageModel, type ModelSettings } from "./provider.ts";
import { serverSentence } from "./server-sentence.ts";

/** What one real request to a language model showed. */
export type ModelFinding =
  | { readonly state: "answers" }
  | {
      readonly state: "key" | "path" | "busy" | "refused" | "failed";
      /** Of HTTP. */
      readonly status: number;
      /** What the server said, on one line and without the key; empty when it said nothing readable. */
      readonly sentence: string;
    }
  | { readonly state: "not-a-model" }
  | { readonly state: "unreachable" | "slow"; readonly reason: string };

/** Enough for every provider to begin an answer, and too little to cost anything. */
const maxOutputTokens = 16;

/** Asks a language model for a few tokens, once. Never throws for what a server does. */
export async function examineModel(settings: ModelSettings): Promise<ModelFinding> {
  const model = createLanguageModel({ ...settings, retries: 0, maxOutputTokens });
  try {
    const request = { system: "Answer in one word.", messages: [{ role: "user", content: "Hi" }] };
    for await (const _piece of model.answer(request as Parameters<typeof model.answer>[0])) break;
    return { state: "answers" };
  } catch (thrown) {
    if (!(thrown instanceof ApprenticeError)) throw thrown;
    return findingOf(thrown, settings.apiKey);
  }
}

function findingOf(error: ApprenticeError, apiKey: string | undefined): ModelFinding {
  if (error.code === "model-timeout") return { state: "slow", reason: "" };
  if (error.code === "model-unreachable") {
    const code = networkCode(error) ?? String(error.values["reason"]);
    return { state: "unreachable", reason: code };
  }
  const cause = error.cause as { statusCode?: number; responseBody?: string } | undefined;
  const status = cause?.statusCode;
  if (status === undefined || status < 400) {
    // A model that thinks first may use up the few tokens before it says a word.
    return error.values["reason"] === "empty" ? { state: "answers" } : { state: "not-a-model" };
  }
  return { state: stateOf(status), status, sentence: serverSentence(cause?.responseBody, apiKey) };
}

function stateOf(status: number) {
  if (status === 401 || status === 403) return "key";
  if (status === 404 || status === 405) return "path";
  if (status === 429) return "busy";
  return status >= 500 ? "failed" : "refused";
}
