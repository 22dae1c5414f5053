import { elapsed } from "../core/clock.ts";
import { ApprenticeError } from "../core/errors.ts";
import type { TextKey } from "../texts/en.ts";
import { emptyAnswer, failureOf, type AttemptFailure } from "./failure.ts";
import type { LanguageModel, ModelRequest } from "./model.ts";
import { waitBeforeRetry } from "./retry.ts";
import { startWatch } from "./watch.ts";

export type ModelSettings = {
  readonly provider: "openai-compatible" | "openai" | "anthropic" | "google";
  /** Where the model is; needed for `openai-compatible`, else the provider's own address. */
  readonly url?: string;
  /** The provider's name of the model, e.g. `llama3.1`. */
  readonly name: string;
  readonly apiKey?: string;
  /** For one whole answer, retries included. */
  readonly timeoutSeconds: number;
  /** For the first piece of an answer; by default half of `timeoutSeconds`. */
  readonly firstPieceSeconds?: number;
  /** How often a request that failed before its first piece is sent again. */
  readonly retries: number;
  /** In tokens. */
  readonly maxOutputTokens?: number;
  readonly temperature?: number;
  /** Whether the model takes images. */
  readonly sees?: boolean;
};

/**
 * A language model over the Vercel AI SDK. The SDK and the provider's package are loaded with the
 * first question or by `prepare`, so that starting stays fast. Throws `config-invalid` when a setting is missing.
 */
export function createLanguageModel(settings: ModelSettings): LanguageModel {
  checkSettings(settings);
  let loading: ReturnType<typeof load> | undefined;
  return {
    name: `${settings.provider}/${settings.name}`,
    sees: settings.sees ?? false,
    async prepare() {
      loading ??= load(settings);
      await loading;
    },
    async *answer(request, signal) {
      loading ??= load(settings);
      const stream = await loading;
      yield* answerWithRetries(settings, (attempt) => stream(request, attempt), signal);
    },
  };
}

type Attempt = (signal: AbortSignal) => AsyncIterable<string>;

/** Asks again while that may help: never once a piece was passed on, so nothing is said twice. */
async function* answerWithRetries(
  settings: ModelSettings,
  ask: Attempt,
  signal: AbortSignal | undefined,
): AsyncGenerator<string> {
  const { timeoutSeconds: wholeSeconds, firstPieceSeconds = wholeSeconds / 2 } = settings;
  const whole = AbortSignal.timeout(wholeSeconds * 1000);
  const deadline = elapsed() + wholeSeconds * 1000;
  for (let attempt = 0; ; attempt += 1) {
    const watch = startWatch({ whole, wholeSeconds, firstPieceSeconds, signal });
    let said = false;
    let failure: AttemptFailure;
    try {
      for await (const piece of ask(watch.signal)) {
        watch.heard();
        said = true;
        yield piece;
      }
      if (said) return;
      failure = emptyAnswer();
    } catch (error) {
      failure = failureOf(error, {
        url: settings.url,
        said,
        ...(settings.apiKey && { apiKey: settings.apiKey }),
      });
    } finally {
      watch.end();
    }
    const stopped = watch.reason(failure.error);
    if (stopped) throw stopped;
    if (said || !failure.retryable || attempt >= settings.retries) throw failure.error;
    const waited = await waitBeforeRetry(attempt, failure.retryAfter, deadline - elapsed(), signal);
    if (!waited) throw failure.error;
  }
}

/** Imports what the provider needs: one request to its model as a function. */
async function load(
  settings: ModelSettings,
): Promise<(request: ModelRequest, signal: AbortSignal) => AsyncIterable<string>> {
  const [{ streamPieces }, model] = await Promise.all([import("./stream.ts"), loadModel(settings)]);
  const { maxOutputTokens, temperature } = settings;
  const limits = {
    ...(maxOutputTokens && { maxOutputTokens }),
    ...(temperature !== undefined && { temperature }),
  };
  return (request, signal) => streamPieces(model, request, limits, signal);
}

async function loadModel({ provider, url, name, apiKey = "" }: ModelSettings) {
  const address = url ? { baseURL: url } : {};
  switch (provider) {
    case "openai-compatible": {
      const { createOpenAICompatible } = await import("@ai-sdk/openai-compatible");
      const key = apiKey ? { apiKey } : {};
      return createOpenAICompatible({ name: provider, baseURL: url ?? "", ...key }).chatModel(name);
    }
    case "openai": {
      const { createOpenAI } = await import("@ai-sdk/openai");
      return createOpenAI({ ...address, apiKey }).chat(name);
    }
    case "anthropic": {
      const { createAnthropic } = await import("@ai-sdk/anthropic");
      return createAnthropic({ ...address, apiKey })(name);
    }
    case "google": {
      const { createGoogle } = await import("@ai-sdk/google");
      return createGoogle({ ...address, apiKey })(name);
    }
  }
}

function checkSettings({ provider, url, name }: ModelSettings): void {
  const refuse = (path: string, value: string, allowed: TextKey): never => {
    throw new ApprenticeError("config-invalid", {
      path,
      value: `"${value}"`,
      allowed,
      nearest: "",
      source: "apprentice.yaml",
    });
  };
  if (name === "") refuse("model.name", name, "setting.model-name");
  if (provider === "openai-compatible" ? !URL.canParse(url ?? "") : url && !URL.canParse(url)) {
    refuse("model.url", url ?? "", "setting.model-url");
  }
}
