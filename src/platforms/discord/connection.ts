import { Status, type Client } from "discord.js";
import { elapsed, random, sleep } from "../../core/clock.ts";
import { ApprenticeError, asApprenticeError } from "../../core/errors.ts";
import type { Log } from "../../core/log.ts";
import { createClient } from "./client.ts";
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

/** Milliseconds between attempts: doubled each time, with jitter. */
const shortestWait = 1_000;
const longestWait = 60_000;
/** So many connections that close in a short time, and we stop discord.js from trying without a pause. */
const mostCloses = 5;
const closesWithin = 30_000;

/**
 * Connects and stays connected, in the background: what fails is tried again, except for a token that
 * Discord refuses. `ready` runs at each new session, before any event of it.
 */
export function connect(
  settings: DiscordSettings,
  log: Log,
  prepare: (client: Client, settings: DiscordSettings) => void,
  ready: (client: Client<true>) => Promise<void>,
): Connection {
  const stopped = new AbortController();
  let state: DiscordState = { kind: "connecting" };
  let current: Client | undefined;
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
        const isRefused = error.code === "discord-token-refused";
        state = { kind: isRefused ? "refused" : "retrying", error };
        log.warn("Discord is not connected", { id: error.id, code: error.code });
        if (isRefused) return;
      }
      if (elapsed() - startedAt > longestWait) attempt = 0;
      const wait = Math.min(longestWait, shortestWait * 2 ** attempt) * (0.5 + random() / 2);
      await sleep(wait, stopped.signal).catch(() => {});
    }
  })();

  /** One client from its login to its end, which is always a failure or the stop. */
  async function session(): Promise<void> {
    const client = createClient(effective, await findApi(effective.apiUrl, effective.token));
    current = client;
    const ended = endOf(client, stopped.signal);
    prepare(client, effective);
    client.once("clientReady", (connected) => {
      state = {
        kind: "connected",
        name: connected.user.displayName,
        guilds: connected.guilds.cache.size,
        messageContent: effective.messageContent,
      };
      log.info("Discord is connected", { guilds: connected.guilds.cache.size });
      ready(connected).catch((thrown: unknown) => {
        const { id, code, cause } = asApprenticeError(thrown);
        log.error("Not everything could be set up in Discord", { id, code, error: cause });
      });
    });
    try {
      await Promise.race([client.login(effective.token), ended]);
      await ended;
    } finally {
      current = undefined;
      if (!stopped.signal.aborted) await client.destroy();
    }
  }

  return {
    state: () => {
      if (state.kind !== "connected" || !current?.isReady()) return state;
      const isWhole = current.ws.shards.every(({ status }) => status === Status.Ready);
      return isWhole ? { ...state, guilds: current.guilds.cache.size } : { kind: "connecting" };
    },
    client: () => (current?.isReady() ? current : undefined),
    async stop() {
      const client = current;
      stopped.abort();
      state = { kind: "stopped" };
      await client?.destroy();
      await running;
    },
  };
}

/** Rejects when the connection cannot be kept; resolves at the stop. */
function endOf(client: Client, stop: AbortSignal): Promise<void> {
  const end = new Promise<void>((resolve, reject) => {
    const closes: number[] = [];
    stop.addEventListener("abort", () => resolve(), { once: true });
    client.on("shardDisconnect", ({ code }) => reject(new ClosedForGood(code)));
    client.on("shardReconnecting", () => {
      closes.push(elapsed());
      const recent = closes.filter((moment) => elapsed() - moment < closesWithin);
      if (recent.length > mostCloses) reject(new ClosedForGood(0));
    });
    client.on("error", () => {});
    client.on("shardError", () => {});
  });
  // Whoever waits for it sees the failure; until somebody does, it is no unhandled one.
  end.catch(() => {});
  return end;
}

class ClosedForGood extends Error {
  readonly closeCode: number;
  constructor(closeCode: number) {
    super("The gateway closed the connection");
    this.closeCode = closeCode;
  }
}

/** Close codes of the gateway. */
const authenticationFailed = 4_004;
const disallowedIntents = 4_014;

const isRefusedIntent = (thrown: unknown): boolean =>
  thrown instanceof ClosedForGood
    ? thrown.closeCode === disallowedIntents
    : /disallowed intents/i.test(messageOf(thrown));

const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : "");

function failureOf(thrown: unknown, { apiUrl }: DiscordSettings): ApprenticeError {
  if (thrown instanceof ApprenticeError) return thrown;
  const options = { cause: thrown };
  const { code, status } = Object(thrown) as { code?: unknown; status?: unknown };
  const isRefused =
    code === "TokenInvalid" ||
    status === 401 ||
    (thrown instanceof ClosedForGood && thrown.closeCode === authenticationFailed);
  if (isRefused) return new ApprenticeError("discord-token-refused", {}, options);
  const reason = thrown instanceof ClosedForGood ? `close ${thrown.closeCode}` : reasonOf(thrown);
  return new ApprenticeError("discord-unreachable", { place: placeOf(apiUrl), reason }, options);
}
