import type { Update } from "grammy/types";
import { random, sleep } from "../../core/clock.ts";
import type { ApprenticeError } from "../../core/errors.ts";
import type { Client } from "./client.ts";
import { telegramFailure } from "./failure.ts";

/** What the bot wants to hear of; reactions only come to those who ask. */
export const wantedUpdates = [
  "message",
  "edited_message",
  "callback_query",
  "message_reaction",
  "my_chat_member",
  "chat_member",
  "stopped_message_generation",
] as const;

/** Seconds that Telegram may keep a poll waiting. */
const longestPoll = 30;
/** After this many failures in a row the pause grows no more. */
const mostDoublings = 5;

/**
 * Takes updates by long polling until `signal` is aborted or the token is refused. An update counts as
 * received when `take` has resolved: only then does the next poll confirm it.
 */
export async function poll(
  client: Client,
  parts: {
    take(update: Update): Promise<void>;
    /** A poll succeeded. */
    listening(): void;
    /** One failed; it is tried again unless the token was refused. */
    failed(failure: ApprenticeError): void;
    /** Milliseconds before the second try. */
    readonly retry: number;
  },
  signal: AbortSignal,
): Promise<void> {
  let offset = 0;
  let failures = 0;
  let isListening = false;
  while (!signal.aborted) {
    try {
      const updates = await client.hasty.getUpdates(
        // The first one only finds out whether Telegram answers.
        {
          offset,
          timeout: isListening ? longestPoll : 0,
          allowed_updates: [...wantedUpdates],
        },
        // grammY types the signals of another library; at run time they are the platform's own.
        signal as never,
      );
      if (!isListening) parts.listening();
      isListening = true;
      failures = 0;
      for (const update of updates) {
        await parts.take(update);
        offset = update.update_id + 1;
      }
    } catch (thrown) {
      if (signal.aborted) return;
      const failure = telegramFailure(thrown);
      isListening = false;
      parts.failed(failure);
      if (failure.code === "telegram-token-refused") return;
      const asked =
        failure.code === "telegram-busy" ? Number(failure.values["seconds"]) * 1_000 : 0;
      const pause = parts.retry * 2 ** Math.min(failures, mostDoublings);
      failures += 1;
      await sleep(Math.max(asked, pause * (0.75 + random() / 2)), signal).catch(() => {});
    }
  }
}
