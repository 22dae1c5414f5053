import { trimEnd } from "../core/trim-end.ts";
import { random, sleep } from "../core/clock.ts";
import { ApprenticeError } from "../core/errors.ts";

/** Where a speech server is and how long it may take. */
export type SpeechServer = {
  /** The base URL, e.g. `http://127.0.0.1:8000/v1`. */
  readonly url: string;
  readonly apiKey?: string;
  /** For one request, retries included. */
  readonly timeoutSeconds: number;
  readonly retries: number;
};

export type SpeechRequest = {
  /** After the base URL, e.g. `audio/speech`. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array<ArrayBuffer>;
};

const firstWait = 250;

/**
 * One POST to a speech server. Busy servers and broken connections are tried again, with an
 * exponential back-off and full jitter. Throws `speech-unreachable`, `speech-timeout`,
 * `speech-refused` and, for an abort of `signal`, `cancelled`. The body of the answer is still under
 * the same time limit.
 */
export const postSpeech = (
  server: SpeechServer,
  { path, headers = {}, body }: SpeechRequest,
  signal?: AbortSignal,
): Promise<Response> =>
  request(
    server,
    `${trimEnd(server.url, "/")}/${path}`,
    {
      method: "POST",
      headers: {
        ...headers,
        ...(server.apiKey && { authorization: `Bearer ${server.apiKey}` }),
      },
      body,
    },
    signal,
  );

/** One GET of the server's very URL, with the same care. */
export const getSpeech = (server: SpeechServer, signal?: AbortSignal): Promise<Response> =>
  request(server, server.url, {}, signal);

async function request(
  server: SpeechServer,
  url: string,
  options: RequestInit,
  signal: AbortSignal | undefined,
): Promise<Response> {
  const late = AbortSignal.timeout(server.timeoutSeconds * 1000);
  const stop = signal ? AbortSignal.any([signal, late]) : late;
  for (let attempt = 0; ; attempt += 1) {
    let failure: ApprenticeError;
    try {
      const response = await fetch(url, { ...options, signal: stop });
      if (response.ok) return response;
      await response.body?.cancel();
      failure = refusal(server, response.status);
      if (response.status < 500 && response.status !== 408 && response.status !== 429)
        throw failure;
    } catch (thrown) {
      if (thrown instanceof ApprenticeError) throw thrown;
      failure = speechFailure(server, thrown, signal, late);
      if (failure.code !== "speech-unreachable") throw failure;
    }
    if (attempt >= server.retries) throw failure;
    await sleep(random() * firstWait * 2 ** attempt, stop).catch((thrown: unknown) => {
      throw speechFailure(server, thrown, signal, late);
    });
  }
}

/** What went wrong between us and a speech server, while asking or while reading its answer. */
export function speechFailure(
  server: SpeechServer,
  thrown: unknown,
  signal: AbortSignal | undefined,
  late?: AbortSignal,
): ApprenticeError {
  if (thrown instanceof ApprenticeError) return thrown;
  const options = { cause: thrown };
  if (signal?.aborted) return new ApprenticeError("cancelled", {}, options);
  const host = hostOf(server);
  const isLate = late?.aborted || (thrown instanceof Error && thrown.name === "TimeoutError");
  if (isLate)
    return new ApprenticeError("speech-timeout", { host, seconds: server.timeoutSeconds }, options);
  return new ApprenticeError("speech-unreachable", { host, reason: reasonOf(thrown) }, options);
}

const refusal = (server: SpeechServer, status: number): ApprenticeError =>
  new ApprenticeError("speech-refused", { host: hostOf(server), status });

/** The server's answer is of no use. */
export const garbled = (server: SpeechServer, reason: string, cause?: unknown): ApprenticeError =>
  new ApprenticeError("speech-garbled", { host: hostOf(server), reason }, { cause });

const hostOf = ({ url }: SpeechServer): string => URL.parse(url)?.host ?? "?";

/** The system's code of a connection that failed, however deep it is. */
function reasonOf(thrown: unknown): string {
  for (let cause = thrown, depth = 0; cause instanceof Error && depth < 6; depth += 1) {
    const { code } = cause as NodeJS.ErrnoException;
    if (typeof code === "string") return code;
    cause = cause.cause;
  }
  return thrown instanceof Error ? thrown.name : "?";
}
