import type { Context } from "hono";
import { stream } from "hono/streaming";
import type { Language } from "../core/language.ts";
import type { Log } from "../core/log.ts";
import { asConsoleError, describeFailure, type Failure } from "./failures.ts";

export type FailureEvent = { readonly kind: "error" } & Failure;

/**
 * Answers with one JSON object per line, each sent as soon as it is written. What `produce` throws
 * becomes a last line of kind `error`. `signal` is aborted when the client goes away.
 */
export function answerLines<Event>(
  context: Context,
  { language, log, stopping }: { language: Language; log: Log; stopping: AbortSignal },
  produce: (write: (event: Event) => Promise<void>, signal: AbortSignal) => Promise<void>,
): Response {
  context.header("content-type", "application/x-ndjson; charset=utf-8");
  context.header("cache-control", "no-store");
  // A reverse proxy that collects the lines would undo the streaming.
  context.header("x-accel-buffering", "no");
  return stream(context, async (output) => {
    const gone = new AbortController();
    output.onAbort(() => gone.abort());
    const write = async (event: Event | FailureEvent): Promise<void> => {
      await output.write(`${JSON.stringify(event)}\n`);
    };
    try {
      await produce(write, AbortSignal.any([gone.signal, stopping]));
    } catch (thrown) {
      const failure = describeFailure(asConsoleError(thrown), language, log);
      if (!gone.signal.aborted) await write({ kind: "error", ...failure });
    }
  });
}
