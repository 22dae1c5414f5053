import { Status, type Client } from "discord.js";
import { elapsed, random, sleep } from "../../core/clock.ts";
import { ApprenticeError, asApprenticeError, type ErrorCode } from "../../core/errors.ts";
import type { Log } from "../../core/log.ts";
import { createClient } from "./client.ts";
import { createGateway, type Gateway } from "./gateway.ts";
import { findApi, placeOf, reasonOf } from "./find-api.ts";
import type { DiscordSettings } from "./parts.ts";

/** How the connection is doing, for `status`. */
export type DiscordState =
  | { readonly kind: "connecting" }
  | {
      readonly kind: "connected";
      readonly name: string;
      readonly guilds: number;
      /** Whether the content of all messages is read. */
      readonly messageContent: boolean;
    }
  | { readonly kind: "retrying"; readonly error: ApprenticeError }
  | { readonly kind: "refused"; readonly error: ApprenticeError }
  | { readonly kind: "stopped" };

export type Connection = {
  state(): DiscordState;
  /** The client, while it is connected. */
  client(): Client<true> | undefined;
  stop(): Promise<void>;
};

/** Milliseconds between sessions: doubled each time, with jitter. */
const minWait = 1_000;
const maxWait = 60_000;

/**
 * discord.js reconnects by itself, twice a second and for ever. After this long without a session
 * (milliseconds) a client is thrown away all the same, and a new one asks Discord where to connect.
 */
const defaultPatience = 3 * 60_000;

/** How long a gap may last before `status` calls it a failure, in milliseconds. */
const gapShown = 5_000;

export type ConnectOptions = {
  /** Runs for each client before its login: for its listeners. */
  readonly prepare: (client: Client, settings: DiscordSettings) => void;
  /** Runs when a client has its first session, before any event of it. */
  readonly ready: (client: Client<true>) => Promise<void>;
  /** Resolves when what was begun with a client is done, so that its token may go. */
  readonly idle?: () => Promise<void>;
  /** Milliseconds without a session after which a client is thrown away. */
  readonly patience?: number;
};

/**
 * Connects and stays connected, in the background. Short gaps are discord.js's to bridge; a client
 * that cannot is thrown away and followed by another, except when Discord refuses the bot itself: its
 * token, its shards, its intents or the version of the API.
 */
export function connect(settings: DiscordSettings, log: Log, options: ConnectOptions): Connection {
  const { patience = defaultPatience, idle = async () => {} } = options;
  const stopped = new AbortController();
  let state: DiscordState = { kind: "connecting" };
  let current: { readonly client: Client; readonly gap: Gap } | undefined;
  let effective = settings;

  const running = (async () => {
    for (let attempt = 0; !stopped.signal.aborted; attempt += 1) {
      const startedAt = elapsed();
      try {
        await session();
      } catch (thrown) {
        const error = failureOf(thrown, settings);
        if (isRefusedIntent(thrown) && effective.messageContent) {
          log.warn("Discord does not give this bot the content of messages; it starts without", {});
          effective = { ...effective, messageContent: false };
          continue;
        }
        if (stopped.signal.aborted) break;
        const { id, code } = error;
        if (isRefusal(code) && !isOutgrown(thrown, effective)) {
          state = { kind: "refused", error };
          log.error("Discord refuses this bot, and is left alone until the next start", {
            id,
            code,
          });
          return;
        }
        state = { kind: "retrying", error };
        log.warn("Discord is not connected", { id, code });
      }
      if (elapsed() - startedAt > maxWait + patience) attempt = 0;
      const wait = Math.min(maxWait, minWait * 2 ** attempt) * (0.5 + random() / 2);
      await sleep(wait, stopped.signal).catch(() => {});
    }
  })();

  /** One client from its login to its end, which is always a failure or the stop. */
  async function session(): Promise<void> {
    const gateway = createGateway();
    const apiUrl = await findApi(effective.apiUrl, effective.token);
    stopped.signal.throwIfAborted();
    const client = createClient(effective, apiUrl, gateway);
    const gap = watchGap(client, patience);
    current = { client, gap };
    options.prepare(client, effective);
    client.on("error", () => {});
    client.on("shardError", () => {});
    client.once("clientReady", (connected) => {
      state = {
        kind: "connected",
        name: connected.user.displayName,
        guilds: connected.guilds.cache.size,
        messageContent: effective.messageContent,
      };
      log.info("Discord is connected", { guilds: connected.guilds.cache.size });
      options.ready(connected).catch((thrown: unknown) => {
        const { id, code, cause } = asApprenticeError(thrown);
        log.error("Not everything could be set up in Discord", { id, code, error: cause });
      });
    });
    const ended = endOf(client, gap, stopped.signal);
    try {
      await Promise.race([client.login(effective.token), ended]);
      await ended;
    } finally {
      current = undefined;
      await discard(client, gateway, gap);
    }
  }

  /** What is left of a client hears nothing and connects no more; what it began it still sends. */
  async function discard(client: Client, gateway: Gateway, gap: Gap): Promise<void> {
    gap.stop();
    client.removeAllListeners();
    client.on("error", () => {});
    await gateway.end();
    const begun = idle().then(() => client.destroy());
    if (stopped.signal.aborted) await begun.catch(() => {});
    else begun.catch(() => {});
  }

  return {
    state() {
      if (state.kind !== "connected" || !current?.client.isReady()) return state;
      const { since } = current.gap;
      if (since === undefined) return { ...state, guilds: current.client.guilds.cache.size };
      if (elapsed() - since < gapShown) return { kind: "connecting" };
      return { kind: "retrying", error: failureOf(new GapTooLong(), settings) };
    },
    client: () => (current?.client.isReady() ? current.client : undefined),
    async stop() {
      stopped.abort();
      state = { kind: "stopped" };
      await running;
    },
  };
}

/** Since when not every shard has a session, in milliseconds as `elapsed` counts; `undefined`: all do. */
type Gap = {
  readonly since: number | undefined;
  /** Rejects when a gap has lasted too long. */
  readonly tooLong: Promise<never>;
  stop(): void;
};

function watchGap(client: Client, patience: number): Gap {
  const tooLong = Promise.withResolvers<never>();
  // Whoever waits for it sees the failure; until somebody does, it is no unhandled one.
  tooLong.promise.catch(() => {});
  let since: number | undefined = elapsed();
  let timer: NodeJS.Timeout | undefined;
  const begin = (): void => {
    since ??= elapsed();
    timer ??= setTimeout(() => tooLong.reject(new GapTooLong()), patience);
  };
  const end = (): void => {
    if (!client.ws.shards.every(({ status }) => status === Status.Ready)) return;
    clearTimeout(timer);
    since = timer = undefined;
  };
  begin();
  client.on("shardReconnecting", begin);
  client.on("shardReady", end);
  client.on("shardResume", end);
  return {
    get since() {
      return since;
    },
    tooLong: tooLong.promise,
    stop: () => clearTimeout(timer),
  };
}

/** Rejects when the connection cannot be kept; resolves at the stop. */
function endOf(client: Client, gap: Gap, stop: AbortSignal): Promise<void> {
  const closed = new Promise<void>((resolve, reject) => {
    stop.addEventListener("abort", () => resolve(), { once: true });
    client.on("shardDisconnect", ({ code }) => reject(new ClosedForGood(code, client.isReady())));
  });
  const end = Promise.race([closed, gap.tooLong]);
  end.catch(() => {});
  return end;
}

class GapTooLong extends Error {
  constructor() {
    super("There was no session for too long");
  }
}

class ClosedForGood extends Error {
  readonly closeCode: number;
  /** Whether there was a session before. */
  readonly wasReady: boolean;
  constructor(closeCode: number, wasReady: boolean) {
    super("The gateway closed the connection");
    this.closeCode = closeCode;
    this.wasReady = wasReady;
  }
}

/** What the gateway's close codes say that no further attempt can heal. */
const refusals: ReadonlyMap<number, ErrorCode> = new Map([
  [4_004, "discord-token-refused"],
  [4_010, "discord-shards-refused"],
  [4_011, "discord-shards-refused"],
  [4_012, "discord-version-refused"],
  [4_013, "discord-intents-refused"],
  [4_014, "discord-intents-refused"],
]);
const shardingRequired = 4_011;

const isRefusal = (code: ErrorCode): boolean => [...refusals.values()].includes(code);

const isRefusedIntent = (thrown: unknown): boolean =>
  thrown instanceof ClosedForGood
    ? refusals.get(thrown.closeCode) === "discord-intents-refused"
    : /disallowed intents/i.test(messageOf(thrown));

/** Whether the bot came into more guilds than its shards may have; a new client asks for more shards. */
const isOutgrown = (thrown: unknown, { shardCount }: DiscordSettings): boolean =>
  thrown instanceof ClosedForGood &&
  thrown.closeCode === shardingRequired &&
  thrown.wasReady &&
  shardCount === undefined;

const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : "");

function failureOf(thrown: unknown, { apiUrl }: DiscordSettings): ApprenticeError {
  if (thrown instanceof ApprenticeError) return thrown;
  const options = { cause: thrown };
  const { code, status } = Object(thrown) as { code?: unknown; status?: unknown };
  if (code === "TokenInvalid" || status === 401)
    return new ApprenticeError("discord-token-refused", {}, options);
  if (!(thrown instanceof ClosedForGood)) {
    const reason = reasonOf(thrown);
    return new ApprenticeError("discord-unreachable", { place: placeOf(apiUrl), reason }, options);
  }
  const close = thrown.closeCode;
  const refusal = refusals.get(close);
  if (refusal !== undefined) return new ApprenticeError(refusal, { close: String(close) }, options);
  const reason = `close ${close}`;
  return new ApprenticeError("discord-unreachable", { place: placeOf(apiUrl), reason }, options);
}
