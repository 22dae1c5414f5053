import type { Update } from "grammy/types";
import { now, random, sleep } from "../../core/clock.ts";
import type { ApprenticeError } from "../../core/errors.ts";
import type { Reach } from "../../core/platform.ts";
import { placeOfRoom, workspaceOf } from "./addresses.ts";
import { createClient, type Client } from "./client.ts";
import { createDispatch } from "./dispatch.ts";
import { telegramFailure } from "./failure.ts";
import { createInbox } from "./inbox.ts";
import { createMembers } from "./members.ts";
import { registerMenus } from "./menu.ts";
import { outboundTo, type Drafts } from "./outbound.ts";
import type { TelegramParts, TelegramState } from "./parts.ts";
import { poll, wantedUpdates } from "./polling.ts";
import { listenForWebhook } from "./webhook.ts";

/** The Telegram platform. It is connected in the background: nothing else waits for it. */
export type Telegram = {
  state(): TelegramState;
  readonly reach: Reach;
  /** Takes no more updates, and finishes those that were taken. */
  stop(): Promise<void>;
};

/** After so many failures in a row the pause grows no more. */
const mostDoublings = 5;

const day = 24 * 60 * 60 * 1_000;
/** How long buttons and questions wait for somebody. */
const keptFor = 30 * day;

/** Connects to Telegram, again and again until it works or the token is refused. */
export function startTelegram(parts: TelegramParts): Telegram {
  const { log, notes, pace } = parts;
  const stopping = new AbortController();
  const drafts: Drafts = { supported: true };
  let state: TelegramState = { kind: "connecting" };
  const client = createClient({
    token: parts.token,
    apiUrl: parts.apiUrl,
    firstPause: pace.retry / 2,
    migrated(from, to) {
      parts.moved(workspaceOf(from), workspaceOf(to)).catch((thrown: unknown) => {
        const { id, code } = telegramFailure(thrown);
        log.error("A group's knowledge could not follow it", { id, code });
      });
    },
  });
  const outboundParts = { client, notes, pace, drafts };

  const failed = (failure: ApprenticeError): void => {
    const { id, code, values } = failure;
    const isNews = state.kind !== "failed" || state.failure.code !== code;
    if (isNews) log.warn("Telegram: not connected", { id, code, ...values });
    state = { kind: "failed", failure };
  };

  const run = async (): Promise<void> => {
    const me = await untilItWorks(
      () => client.hasty.getMe(stopping.signal as never),
      failed,
      pace.retry,
      stopping.signal,
    );
    if (!me) return;
    const members = createMembers(client, log);
    const commands = new Set(parts.commands.map(({ name }) => name));
    const handle = createDispatch({
      ...outboundParts,
      members,
      me,
      commands,
      log,
      platform: parts,
      signal: stopping.signal,
    });
    const inbox = createInbox(notes, log, handle, stopping.signal, pace.retry);
    const connected = (): void => {
      if (state.kind !== "connected") log.info("Connected to Telegram", { bot: me.username });
      const { username: name, can_read_all_group_messages: readsAll } = me;
      state = { kind: "connected", name, readsAll };
    };
    await tidy(parts);
    await registerMenus(client, parts.commands, notes, me.id).catch((thrown: unknown) => {
      const { id, code } = telegramFailure(thrown);
      log.warn("Telegram did not take the menu of commands", { id, code });
    });
    await inbox.resume();
    await untilItWorks(
      () => listen(parts, client, { take: inbox.take, connected, failed }, stopping.signal),
      failed,
      pace.retry,
      stopping.signal,
    );
    await inbox.idle();
  };
  const running = run().catch((thrown: unknown) => {
    if (!stopping.signal.aborted) failed(telegramFailure(thrown));
  });

  return {
    state: () => state,
    reach(room) {
      const place = placeOfRoom(room);
      return place && outboundTo(outboundParts, { ...place, language: "en" });
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

/** Listens until `signal` is aborted. */
async function takeCalls(
  { webhook, log }: TelegramParts,
  client: Client,
  take: Parameters<typeof listenForWebhook>[1],
  connected: () => void,
  signal: AbortSignal,
): Promise<void> {
  const { url, secret } = webhook!;
  const listening = await listenForWebhook(webhook!, take, log);
  try {
    await client.patient.setWebhook({
      url,
      secret_token: secret,
      allowed_updates: [...wantedUpdates],
    });
    connected();
    if (!signal.aborted)
      await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
  } finally {
    await listening.close();
  }
}

/**
 * Does something again and again, ever more slowly, until it succeeds. `undefined`: the token is
 * refused, or it is time to stop.
 */
async function untilItWorks<Result>(
  work: () => Promise<Result>,
  failed: (failure: ApprenticeError) => void,
  pause: number,
  signal: AbortSignal,
): Promise<Result | undefined> {
  for (let attempt = 0; !signal.aborted; attempt += 1) {
    try {
      return await work();
    } catch (thrown) {
      if (signal.aborted) return undefined;
      const failure = telegramFailure(thrown);
      failed(failure);
      if (failure.code === "telegram-token-refused") return undefined;
      const wait = pause * 2 ** Math.min(attempt, mostDoublings) * (0.75 + random() / 2);
      await sleep(wait, signal).catch(() => {});
    }
  }
  return undefined;
}

type Listening = {
  readonly take: (update: Update) => Promise<void>;
  readonly connected: () => void;
  readonly failed: (failure: ApprenticeError) => void;
};

/** Takes updates, by webhook or by polling, until `signal` is aborted or the token is refused. */
async function listen(
  parts: TelegramParts,
  client: Client,
  { take, connected, failed }: Listening,
  signal: AbortSignal,
): Promise<void> {
  if (parts.webhook) return takeCalls(parts, client, take, connected, signal);
  await client.patient.deleteWebhook({});
  const polling = { take, listening: connected, failed, retry: parts.pace.retry };
  await poll(client, polling, signal);
}

/** Removes notes that nobody will ask for any more. */
async function tidy({ notes }: TelegramParts): Promise<void> {
  for (const prefix of ["press:", "asked:"]) await notes.prune(prefix, now() - keptFor);
  await notes.prune("begun:", now() - 2 * day);
}
