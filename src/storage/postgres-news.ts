import pg from "pg";
import { timeout } from "../core/clock.ts";
import type { Log } from "../core/log.ts";
import type { News, NewsTopic } from "./news.ts";

/** Milliseconds before a lost connection is opened again. */
const reconnectAfter = 2_000;
/** One channel for all: what it is about stands in the payload. */
const channel = "apprentice_news";

/** What each topic is told by: rows that are added to a table, inside the transaction that adds them. */
const topics: readonly (readonly [NewsTopic, RegExp])[] = [
  ["knowledge", /^insert into "example_event"/],
  ["jobs", /^insert into "job" /],
];

/** Collects the news of one connection's transaction, to be told by its commit. */
export type NewsOfTransaction = {
  /** The statements to run before this one. */
  before(sql: string): readonly { readonly sql: string; readonly parameters: readonly string[] }[];
};

export function newsOfTransaction(): NewsOfTransaction {
  const pending = new Set<NewsTopic>();
  return {
    before(sql) {
      if (sql === "commit") {
        const told = [...pending].map((topic) => ({
          sql: "select pg_notify($1, $2)",
          parameters: [channel, topic],
        }));
        pending.clear();
        return told;
      }
      if (sql === "begin" || sql === "rollback") pending.clear();
      else for (const [topic, told] of topics) if (told.test(sql)) pending.add(topic);
      return [];
    },
  };
}

/**
 * Hears what any process commits, this one included, over a connection of its own. News may be missed
 * while that is away, so when it is back, everything counts as changed.
 */
export function listenForNews(url: string, log: Log): News {
  const listeners = new Map<NewsTopic, Set<() => void>>(
    topics.map(([topic]) => [topic, new Set()]),
  );
  let current: pg.Client | undefined;
  let isStopped = false;
  let running: Promise<void> | undefined;

  const tell = (topic: NewsTopic): void => listeners.get(topic)?.forEach((listener) => listener());

  async function listen(): Promise<void> {
    const client = new pg.Client({ connectionString: url, keepAlive: true });
    const ended = new Promise<void>((resolve) => client.once("end", resolve));
    client.on("error", () => {});
    client.on("notification", ({ payload }) => tell(payload as NewsTopic));
    current = client;
    try {
      await client.connect();
      await client.query(`listen ${channel}`);
      for (const [topic] of topics) tell(topic);
      await ended;
    } finally {
      await client.end().catch(() => {});
    }
  }

  async function keepListening(): Promise<void> {
    while (!isStopped) {
      await listen().catch(() => {});
      if (isStopped) return;
      log.warn("News of other processes are not heard for a moment", {});
      await timeout(reconnectAfter);
    }
  }

  return {
    on(topic, listener) {
      listeners.get(topic)!.add(listener);
      running ??= keepListening();
    },
    async stop() {
      isStopped = true;
      await current?.end().catch(() => {});
    },
  };
}
