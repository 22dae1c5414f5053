import { trimEnd } from "../../core/trim-end.ts";
import { Api, HttpError, type RawApi, type Transformer } from "grammy";
import { random, sleep } from "../../core/clock.ts";
import { ApprenticeError } from "../../core/errors.ts";

/** The Bot API, and the files behind it. */
export type Client = {
  /** Tries again, a few times, what the network or the server did not take. */
  readonly patient: RawApi;
  /** Tries once: for what is not worth waiting for. */
  readonly hasty: RawApi;
  /** A whole file. Throws `attachment-too-large`, `telegram-unreachable` or `telegram-refused`. */
  download(path: string, name: string, maxBytes: number, signal?: AbortSignal): Promise<Uint8Array>;
};

export type ClientSettings = {
  readonly token: string;
  /** Without a slash at the end, e.g. `https://api.telegram.org`. */
  readonly apiUrl: string;
  /** Milliseconds before the second try; each further one waits twice as long. */
  readonly firstPause?: number;
  /** A group became a supergroup, as the refusal of a message to it said. */
  migrated?(from: number, to: number): void;
};

const tries = 4;
/** Longer than a long poll, in seconds. */
const requestSeconds = 60;
/** A longer wait than this, in seconds, is told instead of waited. */
const longestWait = 60;

/** A client that has not called anything yet. */
export function createClient(settings: ClientSettings): Client {
  const { token, apiUrl, firstPause = 500 } = settings;
  const options = { apiRoot: trimEnd(apiUrl, "/"), timeoutSeconds: requestSeconds };
  const patient = new Api(token, options);
  patient.config.use(following(settings), retrying(firstPause));
  const hasty = new Api(token, options);
  return {
    patient: patient.raw,
    hasty: hasty.raw,
    async download(path, name, maxBytes, signal) {
      const limit = AbortSignal.timeout(requestSeconds * 1_000);
      const response = await fetch(`${options.apiRoot}/file/bot${token}/${path}`, {
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
      }).catch((error: unknown) => {
        // Its message would name the address, and that holds the token.
        signal?.throwIfAborted();
        const { code } = Object((error as Error).cause) as { code?: string };
        throw new ApprenticeError("telegram-unreachable", { reason: code ?? "EPIPE" });
      });
      if (!response.ok) {
        const { status } = response;
        throw new ApprenticeError("telegram-refused", { status, reason: name });
      }
      return readUpTo(response, name, maxBytes);
    },
  };
}

async function readUpTo(response: Response, name: string, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > most) throw tooLarge(name, size, most);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The refusal of a file, sizes in bytes. */
export const tooLarge = (name: string, size: number, most: number): ApprenticeError =>
  new ApprenticeError("attachment-too-large", {
    name,
    size: Math.ceil(size / 1_000_000),
    limit: Math.floor(most / 1_000_000),
  });

/** Waits as the server asks, or ever longer, and tries again. */
const retrying =
  (firstPause: number): Transformer =>
  async (previous, method, payload, signal) => {
    for (let attempt = 1; ; attempt += 1) {
      const pause = firstPause * 2 ** (attempt - 1) * (0.75 + random() / 2);
      try {
        const response = await previous(method, payload, signal);
        if (response.ok || attempt >= tries) return response;
        const { retry_after: seconds } = response.parameters ?? {};
        const isAskedToWait = seconds !== undefined && seconds <= longestWait;
        if (isAskedToWait) await sleep(seconds * 1_000 + random() * 250, native(signal));
        else if (response.error_code >= 500) await sleep(pause, native(signal));
        else return response;
      } catch (thrown) {
        if (!(thrown instanceof HttpError) || attempt >= tries || signal?.aborted) throw thrown;
        await sleep(pause, native(signal));
      }
    }
  };

/** Sends to the supergroup that a group has become. */
const following =
  ({ migrated }: ClientSettings): Transformer =>
  async (previous, method, payload, signal) => {
    const response = await previous(method, payload, signal);
    const to = response.ok ? undefined : response.parameters?.migrate_to_chat_id;
    if (to === undefined) return response;
    const { chat_id: from } = payload as { chat_id?: number };
    if (from !== undefined) migrated?.(from, to);
    return previous(method, { ...payload, chat_id: to }, signal);
  };

/** grammY types the signals of another library; at run time they are the platform's own. */
const native = (signal: unknown): AbortSignal | undefined => signal as AbortSignal | undefined;
