import { ApprenticeError } from "../core/errors.ts";
import { serverSentence } from "./server-sentence.ts";

/** Why an attempt failed, and whether another one may go better. */
export type AttemptFailure = {
  readonly error: ApprenticeError;
  readonly retryable: boolean;
  /** What the server asked for (`retry-after`), in milliseconds from now. */
  readonly retryAfter?: number;
};

/** The SDK's call error, by its shape: importing the SDK just to compare would load all of it. */
type CallError = Error & {
  readonly url?: string;
  readonly statusCode?: number;
  readonly responseHeaders?: Readonly<Record<string, string>>;
  readonly responseBody?: string;
};

/**
 * Sorts whatever a request to a model threw. `url` names the host when the error does not; `apiKey` is kept
 * out of what the server said; `said`: whether a part of the answer had come already.
 */
export function failureOf(
  thrown: unknown,
  {
    url,
    apiKey,
    said,
  }: { readonly url: string | undefined; readonly apiKey?: string; readonly said: boolean },
): AttemptFailure {
  if (thrown instanceof ApprenticeError)
    return { error: thrown, retryable: thrown.code === "model-garbled" };
  if (!(thrown instanceof Error)) return garbled("unreadable", thrown);
  const {
    statusCode: status,
    responseHeaders: headers = {},
    url: called = url,
  } = thrown as CallError;
  const options = { cause: thrown };
  const network = networkCode(thrown);
  if (network !== undefined) {
    if (said) return garbled(network, thrown);
    const host = called !== undefined && URL.canParse(called) ? new URL(called).host : "";
    return {
      error: new ApprenticeError("model-unreachable", { host, reason: network }, options),
      retryable: true,
    };
  }
  if (status === undefined || status < 400) return garbled("unreadable", thrown);
  const sentence = serverSentence((thrown as CallError).responseBody, apiKey);
  const words = sentence === "" ? "" : ` “${sentence}”`;
  const wait = retryAfterOf(headers);
  const after = wait === undefined ? {} : { retryAfter: wait };
  if (status === 429)
    return {
      error: new ApprenticeError("model-rate-limited", { said: words }, options),
      retryable: true,
      ...after,
    };
  if (status >= 500 || status === 408) {
    return {
      error: new ApprenticeError("model-failed", { status, said: words }, options),
      retryable: true,
      ...after,
    };
  }
  return {
    error: new ApprenticeError("model-refused", { status, said: words }, options),
    retryable: false,
  };
}

/** The failure of an attempt that ended well but said nothing. */
export const emptyAnswer = (): AttemptFailure => garbled("empty", undefined);

const garbled = (reason: string, cause: unknown): AttemptFailure => ({
  error: new ApprenticeError("model-garbled", { reason }, { cause }),
  retryable: true,
});

/** The system's code for a connection that failed (ECONNREFUSED, ENOTFOUND, ...), however deep. */
export function networkCode(error: unknown): string | undefined {
  for (
    let cause = error, depth = 0;
    cause instanceof Error && depth < 6;
    cause = cause.cause, depth += 1
  ) {
    const code = (cause as Error & { code?: unknown }).code;
    if (
      typeof code === "string" &&
      /^(?:E[A-Z_]+|UND_ERR_\w+|CERT_\w+|DEPTH_ZERO_\w+|SELF_SIGNED_\w+)$/.test(code)
    )
      return code;
  }
  return undefined;
}

/** The waiting time of a `retry-after` header (RFC 9110, 10.2.3), in milliseconds. */
export function retryAfterOf(headers: Readonly<Record<string, string>>): number | undefined {
  const milliseconds = Number(headers["retry-after-ms"] ?? Number.NaN);
  if (Number.isFinite(milliseconds)) return Math.max(0, milliseconds);
  const value = headers["retry-after"];
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value.trim())) return Number(value) * 1000;
  const [until, sent] = [Date.parse(value), Date.parse(headers["date"] ?? "")];
  return Number.isNaN(until) || Number.isNaN(sent) ? undefined : Math.max(0, until - sent);
}
