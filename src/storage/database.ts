import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { Kysely, sql } from "kysely";
import type { Dialect } from "kysely";
import { Migrator } from "kysely/migration";
import type { Migration } from "kysely/migration";
import { ApprenticeError, asApprenticeError } from "../core/errors.ts";
import { unusableFolder } from "./unusable-folder.ts";
import { idsAfter } from "../core/ids.ts";
import type { Log } from "../core/log.ts";
import { databaseFile } from "./database-file.ts";
import { damaged, isDamage } from "./integrity.ts";
import type { Query } from "./query.ts";
import { latestId } from "./latest-id.ts";
import { createLogSync } from "./log-sync.ts";
import { makeFolder } from "./make-folder.ts";
import { formerNames, migrations } from "./migrations.ts";
import type { News } from "./news.ts";
import type { Engine, Schema } from "./schema.ts";
import { openSqliteFile, quickTransaction, sqliteDialect } from "./sqlite.ts";
import { createWrittenTables, type WrittenTables } from "./written-tables.ts";

/**
 * The open database. Inside `transaction` use only the query it hands out: the embedded engine has
 * one connection, so anything else would wait for the transaction to end.
 */
export type Database = {
  readonly engine: Engine;
  readonly query: Query;
  /** All or nothing; what it changed is on disk when it resolves. */
  transaction<Result>(work: (query: Query) => Promise<Result>): Promise<Result>;
  /**
   * As `transaction`, without waiting for the disk: what it changed survives the end of the process, by
   * kill -9 too, and the end of the machine once `sync` was waited for.
   */
  quickTransaction<Result>(work: (query: Query) => Promise<Result>): Promise<Result>;
  /** Resolves when all that was committed so far is on disk. Meanwhile other work goes on. */
  sync(): Promise<void>;
  /** What was written so far; none where other processes write too. */
  readonly writes?: WrittenTables;
  /** Tells what other processes have committed; none where this one is alone. */
  readonly news?: News;
  close(): Promise<void>;
};

export type DatabaseOptions = {
  /** Where `apprentice.db` lies; made if absent. */
  readonly folder: string;
  /** A Postgres address; without one the embedded SQLite is used. */
  readonly url?: string;
  readonly log: Log;
};

/**
 * Opens the database and brings its schema up to date. Throws `database-unreachable`,
 * `database-newer` (it knows migrations that this program does not), `database-damaged`, or
 * `data-folder-unusable`.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const engine: Engine = options.url === undefined ? "sqlite" : "postgres";
  const writes = createWrittenTables();
  const file = join(options.folder, databaseFile);
  const embedded = options.url === undefined ? await openEmbedded(options.folder, file) : undefined;
  const dialect = embedded
    ? sqliteDialect(embedded, writes)
    : await postgresDialect(options.url!, options.log);
  const query = new Kysely<Schema>({ dialect });
  try {
    await migrate(query, migrations(engine));
    const latest = await latestId(query);
    if (latest !== undefined) idsAfter(latest);
  } catch (error) {
    await query.destroy();
    const cause = error instanceof ApprenticeError ? error.cause : error;
    if (isDamage(cause)) throw damaged(file, (cause as Error).message, cause);
    throw error;
  }
  const transaction: Database["transaction"] = (work) => query.transaction().execute(work);
  if (!embedded) {
    const news = await postgresNews(options.url!, options.log);
    return {
      news,
      engine,
      query,
      transaction,
      // A server commits for many at once and without anybody here waiting for its disk.
      quickTransaction: transaction,
      sync: async () => {},
      async close() {
        await news.stop();
        await query.destroy();
      },
    };
  }
  const log = createLogSync(file);
  return {
    engine,
    query,
    transaction,
    quickTransaction: (work) => quickTransaction(embedded, query, work),
    sync: log.sync,
    writes,
    async close() {
      await log.close();
      await query.destroy();
    },
  };
}

/** Loaded only where it is used: most start without Postgres, and each module costs time at the start. */
async function postgresDialect(url: string, log: Log): Promise<Dialect> {
  const postgres = await import("./postgres.ts");
  return postgres.postgresDialect(url, log);
}

async function postgresNews(url: string, log: Log): Promise<News> {
  const { listenForNews } = await import("./postgres-news.ts");
  return listenForNews(url, log);
}

async function openEmbedded(folder: string, file: string): Promise<DatabaseSync> {
  try {
    await makeFolder(folder);
    return openSqliteFile(file);
  } catch (error) {
    if (isDamage(error)) throw damaged(file, (error as Error).message, error);
    throw unusableFolder(folder, error);
  }
}

async function migrate(query: Query, known: Readonly<Record<string, Migration>>): Promise<void> {
  // The first query of all: it also finds out whether the database can be reached.
  await sql`select 1`.execute(query);
  await renameMigrations(query);
  const migrator = new Migrator({
    db: query,
    provider: { getMigrations: async () => known },
    // Early databases were made in other orders; what is missing is made up for.
    allowUnorderedMigrations: true,
  });
  const unknown = (await appliedMigrations(query)).find((name) => !(name in known));
  if (unknown !== undefined) throw new ApprenticeError("database-newer", { migration: unknown });
  const { error } = await migrator.migrateToLatest();
  if (error) throw asApprenticeError(error);
}

/** Gives migrations that were applied under a former name their number. */
async function renameMigrations(query: Query): Promise<void> {
  for (const name of await appliedMigrations(query)) {
    const numbered = formerNames[name];
    if (numbered === undefined) continue;
    await sql`update kysely_migration set name = ${numbered} where name = ${name}`.execute(query);
  }
}

async function appliedMigrations(query: Query): Promise<readonly string[]> {
  const tables = await query.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === "kysely_migration")) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(query);
  return rows.map((row) => row.name);
}
