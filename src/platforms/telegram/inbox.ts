import type { Update } from "grammy/types";
import type { Log } from "../../core/log.ts";
import type { PlatformNotes } from "../../core/platform.ts";
import { random, sleep } from "../../core/clock.ts";
import { telegramFailure } from "./failure.ts";
import { Unsent } from "./unsent.ts";

/**
 * The updates that were taken from Telegram and are not yet dealt with. They are on disk before Telegram
 * hears that they arrived, so that a killed process finds them again; what they ask for is done once, as
 * turns and command messages have unique ids.
 */
export type Inbox = {
  /** Keeps an update and begins to deal with it. Rejects when it could not be kept. */
  take(update: Update): Promise<void>;
  /** Deals with what an earlier process left. */
  resume(): Promise<void>;
  /** Resolves when nothing is being dealt with. */
  idle(): Promise<void>;
};

const prefix = "inbox:";
/** How many updates are remembered as taken; Telegram repeats one within seconds, if at all. */
const remembered = 1_000;

/** Milliseconds between two attempts to send an answer at most, and how many there are: about an hour. */
const longestWait = 60_000;
const mostAttempts = 60;

const noteName = (updateId: number): string => prefix + String(updateId).padStart(16, "0");

export function createInbox(
  notes: PlatformNotes,
  log: Log,
  handle: (update: Update) => Promise<void>,
  /** Aborted when it is time to stop: what is given up then is left for the next start. */
  signal: AbortSignal,
  /** Milliseconds before an answer that could not be sent is tried again; doubled each time. */
  retry: number,
): Inbox {
  const taken = new Set<number>();
  const working = new Set<Promise<void>>();

  /** Deals with an update, again and again while Telegram takes no answer to it. */
  const deal = async (update: Update): Promise<void> => {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await handle(update);
      } catch (thrown) {
        if (!(thrown instanceof Unsent) || attempt >= mostAttempts) throw thrown;
        const wait = Math.min(longestWait, retry * 2 ** attempt) * (0.75 + random() / 2);
        await sleep(wait, signal);
      }
    }
  };

  const begin = (update: Update): void => {
    const work = deal(update)
      .then(
        () => true,
        (thrown: unknown) => {
          if (signal.aborted) return false;
          const failed = thrown instanceof Unsent ? thrown.cause : thrown;
          const { id, code, cause } = telegramFailure(failed);
          log.error("A Telegram update could not be dealt with", { id, code, error: cause });
          return true;
        },
      )
      .then((isDone) => (isDone ? notes.remove(noteName(update.update_id)) : undefined))
      .catch((thrown: unknown) => {
        const { id, code } = telegramFailure(thrown);
        log.error("A Telegram update could not be ticked off", { id, code });
      })
      .finally(() => working.delete(work));
    working.add(work);
  };

  return {
    async take(update) {
      const { update_id: id } = update;
      if (taken.has(id)) return;
      await notes.put(noteName(id), JSON.stringify(update));
      taken.add(id);
      if (taken.size > remembered) taken.delete(taken.values().next().value!);
      begin(update);
    },
    async resume() {
      for (const { body } of await notes.list(prefix)) {
        const update = JSON.parse(body) as Update;
        taken.add(update.update_id);
        begin(update);
      }
    },
    async idle() {
      while (working.size > 0) await Promise.all(working);
    },
  };
}
