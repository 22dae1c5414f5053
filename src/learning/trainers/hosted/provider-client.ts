import { trimEnd } from "../../../core/trim-end.ts";
import { elapsed } from "../../../core/clock.ts";
import { ApprenticeError } from "../../../core/errors.ts";
import { networkCode, retryAfterOf } from "../../../models/failure.ts";
import { waitBeforeRetry } from "../../../models/retry.ts";
import { readBounded } from "./read-bounded.ts";

export type ProviderSettings = {
  /** Where the API begins, e.g. `https://api.openai.com/v1`. */
  readonly url: string;
  readonly apiKey: string;
  /** For one attempt. Uploads get more, by their size. */
  readonly timeoutSeconds: number;
  /** How often a request that may go better is sent again. */
  readonly retries: number;
  /** The longest wait before the second attempt, in milliseconds. */
  readonly firstWait?: number;
};

export type ProviderRequest = {
  readonly method: "GET" | "POST" | "PUT" | "DELETE" | "HEAD";
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is; made anew for each attempt. */
  readonly body?: () => Promise<RequestInit["body"]>;
  readonly headers?: Readonly<Record<string, string>>;
  /** How many bytes are sent, for the time it may take. */
  readonly bytes?: number;
  /** Sent again only when it cannot have been carried out. */
  readonly once?: true;
  readonly signal?: AbortSignal;
};

/** Talks to one provider. */
export type ProviderClient = {
  readonly host: string;
  /**
   * The JSON of the answer; `undefined` for an empty one. Throws `training-unreachable`,
   * `training-unauthorised`, `training-rate-limited`, `training-refused`, `training-provider-failed`
   * and `training-garbled`, and the reason of the request's signal.
   */
  json(request: ProviderRequest): Promise<unknown>;
  /** The answer's status and headers, redirections not followed. Throws as `json` does. */
  head(request: ProviderRequest): Promise<{ readonly status: number; readonly headers: Headers }>;
};

/** The slowest line that an upload is given time for, in bytes per second. */
const slowestUpload = 100_000;
/** A provider's answer is never larger, in bytes. */
const longestAnswer = 16 * 1024 * 1024;
/** How long all attempts together may wait between each other, in milliseconds. */
const longestWait = 120_000;

/**
 * A client over `fetch`, with a time limit for each attempt, and retries with jitter that honour
 * `retry-after`.
 */
export function createProviderClient(settings: ProviderSettings): ProviderClient {
  const base = trimEnd(settings.url, "/");
  const { host } = new URL(base);

  const send = async (request: ProviderRequest): Promise<Answer> => {
    const seconds = settings.timeoutSeconds + (request.bytes ?? 0) / slowestUpload;
    const timeout = AbortSignal.timeout(Math.ceil(seconds * 1000));
    const signal = request.signal ? AbortSignal.any([timeout, request.signal]) : timeout;
    const query = new URLSearchParams(
      Object.entries(request.query ?? {}).map(([name, value]): [string, string] => [
        name,
        String(value),
      ]),
    );
    const body = request.json === undefined ? await request.body?.() : JSON.stringify(request.json);
    try {
      const response = await fetch(
        `${base}${request.path}${query.size > 0 ? `?${query.toString()}` : ""}`,
        {
          method: request.method,
          headers: {
            ...(settings.apiKey && { authorization: `Bearer ${settings.apiKey}` }),
            ...(request.json !== undefined && { "content-type": "application/json" }),
            ...request.headers,
          },
          ...(body !== undefined && { body }),
          // A provider never sends us elsewhere with the rows, or with the key.
          redirect: "manual",
          signal,
        },
      );
      const text = await readBounded(response, longestAnswer);
      return { status: response.status, headers: response.headers, text };
    } catch (error) {
      if (request.signal?.aborted) throw request.signal.reason;
      const reason = timeout.aborted ? "timeout" : (networkCode(error) ?? "no answer");
      throw new ApprenticeError("training-unreachable", { host, reason }, { cause: error });
    }
  };

  const attempt = async <Result>(
    request: ProviderRequest,
    read: (answer: Answer) => Result,
  ): Promise<Result> => {
    const deadline = elapsed() + longestWait;
    for (let count = 0; ; count += 1) {
      let retryAfter: number | undefined;
      let failure: unknown;
      try {
        const answer = await send(request);
        if (answer.status < 400) return read(answer);
        retryAfter = retryAfterOf(Object.fromEntries(answer.headers));
        throw refusalOf(answer, host);
      } catch (error) {
        failure = error;
      }
      if (!mayGoBetter(failure, request) || count >= settings.retries) throw failure;
      const waited = await waitBeforeRetry(
        count,
        retryAfter,
        deadline - elapsed(),
        request.signal,
        settings.firstWait,
      );
      if (request.signal?.aborted) throw request.signal.reason;
      if (!waited) throw failure;
    }
  };

  return {
    host,
    json: (request) =>
      attempt(request, ({ status, text }) => {
        if (status >= 300) {
          throw new ApprenticeError("training-garbled", { host, reason: `HTTP ${status}` });
        }
        if (text.trim() === "") return undefined;
        try {
          return JSON.parse(text) as unknown;
        } catch (error) {
          throw new ApprenticeError(
            "training-garbled",
            { host, reason: "not JSON" },
            { cause: error },
          );
        }
      }),
    head: (request) => attempt(request, ({ status, headers }) => ({ status, headers })),
  };
}

type Answer = { readonly status: number; readonly headers: Headers; readonly text: string };

function refusalOf({ status, text }: Answer, host: string): ApprenticeError {
  const { message, code } = wordsOf(text);
  // OpenAI says so with 429 too, and waiting does not help.
  const isPoor = code === "insufficient_quota";
  if (status === 401 || status === 403) {
    return new ApprenticeError("training-unauthorised", { host, status });
  }
  if (status === 429 && !isPoor) return new ApprenticeError("training-rate-limited", { host });
  if (status >= 500 || status === 408) {
    return new ApprenticeError("training-provider-failed", { host, status });
  }
  return new ApprenticeError("training-refused", { host, status, reason: asSentence(message) });
}

/** Whether a request that failed so is worth sending again. */
function mayGoBetter(failure: unknown, { once }: ProviderRequest): boolean {
  if (!(failure instanceof ApprenticeError)) return false;
  if (failure.code === "training-rate-limited") return true;
  if (once)
    return failure.code === "training-unreachable" && neverSent.has(failure.values["reason"]);
  return isUncertain(failure);
}

/** The request cannot have arrived. */
const neverSent: ReadonlySet<unknown> = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"]);

/** Whether the provider may have carried out a request although it failed. */
export const isUncertain = (failure: unknown): boolean =>
  failure instanceof ApprenticeError &&
  ["training-unreachable", "training-provider-failed", "training-garbled"].includes(failure.code);

/** Whether the provider said that it does not know what was asked for. */
export const isMissing = (failure: unknown): boolean =>
  failure instanceof ApprenticeError &&
  failure.code === "training-refused" &&
  (failure.values["status"] === 404 || failure.values["status"] === 410);

/** What a provider says is wrong, whatever shape it says it in. */
function wordsOf(text: string): { message: string; code: unknown } {
  try {
    const body = JSON.parse(text) as Record<string, unknown> | null;
    const error = (body?.["error"] ?? body) as Record<string, unknown> | string | null;
    if (typeof error === "string") return { message: error, code: undefined };
    const message = error?.["message"] ?? error?.["detail"] ?? "";
    return {
      message: typeof message === "string" ? message : JSON.stringify(message),
      code: error?.["code"],
    };
  } catch {
    return { message: text.startsWith("<") ? "" : text, code: undefined };
  }
}

const longestReason = 300;

/** A provider's words as a sentence that fits into one of ours. */
export function asSentence(words: string): string {
  const text = words.replaceAll(/\s+/g, " ").trim();
  if (text === "") return "…";
  const short = text.length > longestReason ? `${text.slice(0, longestReason)}…` : text;
  return /[.!?…]$/.test(short) ? short : `${short}.`;
}
