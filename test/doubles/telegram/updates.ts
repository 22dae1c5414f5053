import { Refusal, type Update } from "./objects.ts";

type Webhook = { readonly url: string; readonly secret: string | undefined };

/** What a webhook answered to one push. */
export type Push = { readonly update: Update; readonly status: number };

/** The updates that wait for the bot, and the two ways in which it can take them. */
export type Updates = {
  add(kind: string, content: object): Update;
  /** Puts an update in again, as Telegram may do. */
  repeat(update: Update): void;
  /** `getUpdates`: confirms what lies before `offset`, waits for something new. */
  poll(options: {
    readonly offset: number;
    readonly limit: number;
    readonly timeout: number;
    readonly allowed: readonly string[] | undefined;
    readonly left: AbortSignal;
  }): Promise<readonly Update[]>;
  setWebhook(webhook: Webhook | undefined, allowed: readonly string[] | undefined): void;
  readonly webhook: Webhook | undefined;
  readonly pending: readonly Update[];
  /** Ends every wait. */
  close(): void;
};

/** Kinds that come only to bots that ask for them by name. */
const onlyOnRequest = new Set(["chat_member", "message_reaction", "message_reaction_count"]);

/** How often an update is pushed before Telegram gives up, and the milliseconds between tries. */
const tries = 20;
const pause = 25;

/** A queue of updates; `judge` is asked about each. */
export function createUpdates(
  firstId: number,
  judge: (update: Update) => void,
  pushed: (push: Push) => void,
): Updates {
  const waiting: Update[] = [];
  const repeated = new Set<Update>();
  let nextId = firstId;
  let allowed: readonly string[] | undefined;
  let webhook: Webhook | undefined;
  let wake = Promise.withResolvers<void>();
  let poller: ((refusal: Refusal) => void) | undefined;
  let closed = false;
  let pushing = Promise.resolve();

  const wanted = (update: Update): boolean => {
    const kind = Object.keys(update).find((key) => key !== "update_id")!;
    return allowed && allowed.length > 0 ? allowed.includes(kind) : !onlyOnRequest.has(kind);
  };
  const put = (update: Update): void => {
    waiting.push(update);
    if (webhook) pushing = pushing.then(() => push(update));
    wake.resolve();
    wake = Promise.withResolvers();
  };

  async function push(update: Update): Promise<void> {
    for (let attempt = 0; attempt < tries && webhook && !closed; attempt += 1) {
      const status = await fetch(webhook.url, {
        method: "POST",
        body: JSON.stringify(update),
        headers: {
          "content-type": "application/json",
          ...(webhook.secret && { "x-telegram-bot-api-secret-token": webhook.secret }),
        },
      }).then(
        (response) => response.status,
        () => 0,
      );
      pushed({ update, status });
      if (status >= 200 && status < 300) {
        waiting.splice(waiting.indexOf(update), 1);
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  return {
    add(kind, content) {
      const update: Update = { update_id: nextId, [kind]: content };
      nextId += 1;
      judge(update);
      if (wanted(update)) put(update);
      return update;
    },
    repeat(update) {
      repeated.add(update);
      put(update);
    },
    async poll({ offset, limit, timeout, allowed: asked, left }) {
      if (webhook)
        throw new Refusal(
          409,
          "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
        );
      poller?.(
        new Refusal(
          409,
          "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
        ),
      );
      if (asked !== undefined) allowed = asked;
      const confirmed = waiting.filter(
        (update) => update.update_id < offset && !repeated.has(update),
      );
      for (const update of confirmed) waiting.splice(waiting.indexOf(update), 1);
      const replaced = Promise.withResolvers<never>();
      replaced.promise.catch(() => {});
      const mine = replaced.reject;
      poller = mine;
      const stop = Promise.withResolvers<void>();
      const timer = setTimeout(() => stop.resolve(), timeout * 1_000);
      const end = (): void => stop.resolve();
      left.addEventListener("abort", end, { once: true });
      try {
        while (waiting.length === 0 && timeout > 0 && !closed) {
          const ended = await Promise.race([
            wake.promise.then(() => false),
            stop.promise.then(() => true),
            replaced.promise,
          ]);
          if (ended) break;
        }
        const taken = left.aborted ? [] : waiting.slice(0, limit);
        for (const update of taken) repeated.delete(update);
        return taken;
      } finally {
        clearTimeout(timer);
        left.removeEventListener("abort", end);
        if (poller === mine) poller = undefined;
      }
    },
    setWebhook(given, asked) {
      webhook = given;
      if (asked !== undefined) allowed = asked;
      if (given) for (const update of waiting) pushing = pushing.then(() => push(update));
    },
    get webhook() {
      return webhook;
    },
    get pending() {
      return waiting;
    },
    close() {
      closed = true;
      webhook = undefined;
      wake.resolve();
    },
  };
}
