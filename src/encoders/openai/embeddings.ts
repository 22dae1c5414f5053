import { z } from "zod";
import { random, sleep } from "../../core/clock.ts";
import { ApprenticeError } from "../../core/errors.ts";
import { trimEnd } from "../../core/trim-end.ts";
import type { RawEncode } from "../space/fit-space.ts";
import { createBreaker, type Breaker } from "./breaker.ts";

/** A server with `/v1/embeddings`: Ollama, llama.cpp, vLLM, OpenAI and others. */
export type EmbeddingServer = {
  /** The base URL, e.g. `http://127.0.0.1:11434/v1`. */
  readonly url: string;
  readonly model: string;
  readonly apiKey?: string;
  /** For one batch, the second try included. */
  readonly timeoutSeconds: number;
};

const batchSize = 64;
/** A question is shorter; servers refuse what is longer than their model reads. */
const longestText = 2_000;
const longestWait = 500;
/** 64 vectors of 8,192 numbers, written out. */
const mostBytes = 16_000_000;

const answerSchema = z.object({
  data: z.array(
    z.object({ index: z.number().int().min(0), embedding: z.array(z.number()).min(1) }),
  ),
});

/**
 * The vectors of texts from such a server, in batches. What is busy or broken is tried once more; after
 * some failures in a row nothing is asked for a while. Rejects with `encoder-unreachable`,
 * `encoder-timeout`, `encoder-refused`, `encoder-garbled`, or the signal's reason.
 */
export function createEmbeddings(
  server: EmbeddingServer,
  breaker: Breaker = createBreaker(),
): RawEncode {
  return async (texts, signal) => {
    const vectors: (readonly number[])[] = [];
    for (let start = 0; start < texts.length; start += batchSize) {
      const refusal = breaker.refusal();
      if (refusal) throw refusal;
      const batch = texts.slice(start, start + batchSize).map(asInput);
      try {
        vectors.push(...(await askTwice(server, batch, signal)));
        breaker.succeeded();
      } catch (thrown) {
        if (thrown instanceof ApprenticeError && !signal?.aborted) breaker.failed(thrown);
        throw thrown;
      }
    }
    return vectors;
  };
}

/** Servers refuse an empty text. */
const asInput = (text: string): string =>
  text.slice(0, longestText).toWellFormed().trim() === ""
    ? "."
    : text.slice(0, longestText).toWellFormed();

async function askTwice(
  server: EmbeddingServer,
  input: readonly string[],
  signal: AbortSignal | undefined,
): Promise<readonly (readonly number[])[]> {
  const late = AbortSignal.timeout(server.timeoutSeconds * 1_000);
  const stop = signal ? AbortSignal.any([signal, late]) : late;
  try {
    return await ask(server, input, stop);
  } catch (thrown) {
    const error = asFailure(server, thrown, signal, late);
    if (!isWorthAnother(error)) throw error;
    await sleep(random() * longestWait, stop).catch(() => {});
    return await ask(server, input, stop).catch((again: unknown) => {
      throw asFailure(server, again, signal, late);
    });
  }
}

const isWorthAnother = ({ code, values }: ApprenticeError): boolean =>
  code === "encoder-unreachable" ||
  (code === "encoder-refused" &&
    (Number(values["status"]) >= 500 || [408, 429].includes(Number(values["status"]))));

async function ask(
  server: EmbeddingServer,
  input: readonly string[],
  signal: AbortSignal,
): Promise<readonly (readonly number[])[]> {
  const response = await fetch(`${trimEnd(server.url, "/")}/embeddings`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(server.apiKey && { authorization: `Bearer ${server.apiKey}` }),
    },
    body: JSON.stringify({ model: server.model, input, encoding_format: "float" }),
    signal,
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw new ApprenticeError("encoder-refused", {
      host: hostOf(server),
      status: response.status,
    });
  }
  const { data } = answerSchema.parse(JSON.parse(await textOf(response, server)));
  const vectors = input.map((_, place) => data.find(({ index }) => index === place)?.embedding);
  const [first] = vectors;
  const isWhole = vectors.every((vector) => vector?.length === first?.length);
  if (!first || !isWhole) throw garbled(server, "vectors");
  return vectors as (readonly number[])[];
}

async function textOf(response: Response, server: EmbeddingServer): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    if (text.length > mostBytes) throw garbled(server, "length");
  }
  return text;
}

function asFailure(
  server: EmbeddingServer,
  thrown: unknown,
  signal: AbortSignal | undefined,
  late: AbortSignal,
): ApprenticeError {
  signal?.throwIfAborted();
  if (thrown instanceof ApprenticeError) return thrown;
  const options = { cause: thrown };
  const host = hostOf(server);
  if (late.aborted)
    return new ApprenticeError(
      "encoder-timeout",
      { host, seconds: server.timeoutSeconds },
      options,
    );
  if (thrown instanceof z.ZodError || thrown instanceof SyntaxError)
    return garbled(server, "json", thrown);
  return new ApprenticeError("encoder-unreachable", { host, reason: reasonOf(thrown) }, options);
}

const garbled = (server: EmbeddingServer, reason: string, cause?: unknown): ApprenticeError =>
  new ApprenticeError("encoder-garbled", { host: hostOf(server), reason }, { cause });

const hostOf = ({ url }: EmbeddingServer): string => URL.parse(url)?.host ?? "?";

/** The system's code of a connection that failed, however deep it is. */
function reasonOf(thrown: unknown): string {
  for (let cause = thrown, depth = 0; cause instanceof Error && depth < 6; depth += 1) {
    const { code } = cause as NodeJS.ErrnoException;
    if (typeof code === "string") return code;
    cause = cause.cause;
  }
  return thrown instanceof Error ? thrown.name : "?";
}
