import type { Update } from "grammy/types";
import type { Log } from "../../core/log.ts";
import type { PlatformNotes } from "../../core/platform.ts";
import { telegramFailure } from "./failure.ts";

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

const noteName = (updateId: number): string => prefix + String(updateId).padStart(16, "0");

export function createInbox(
  notes: PlatformNotes,
  log: Log,
  handle: (update: Update) => Promise<void>,
  /** Aborted when it is time to stop: what is given up then is left for the next start. */
  signal: AbortSignal,
): Inbox {
  const taken = new Set<number>();
  const working = new Set<Promise<void>>();

  const begin = (update: Update): void => {
    const work = handle(update)
      .then(
        () => true,
        (thrown: unknown) => {
          if (signal.aborted) return false;
          const { id, code, cause } = telegramFailure(thrown);
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
