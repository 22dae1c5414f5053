import { join } from "node:path";
import { Kysely, sql } from "kysely";
import type { Dialect } from "kysely";
import { Migrator } from "kysely/migration";
import type { Migration } from "kysely/migration";
import { ApprenticeError, asApprenticeError } from "../core/errors.ts";
import { unusableFolder } from "./unusable-folder.ts";
import type { Log } from "../core/log.ts";
import { makeFolder } from "./make-folder.ts";
import { migrations } from "./migrations.ts";
import type { Engine, Schema } from "./schema.ts";
import { openSqliteFile, sqliteDialect } from "./sqlite.ts";

/** Where queries start: the database itself, or one transaction of it. */
export type Query = Kysely<Schema>;

/**
 * The open database. Inside `transaction` use only the query it hands out: the embedded engine has
 * one connection, so anything else would wait for the transaction to end.
 */
export type Database = {
  readonly engine: Engine;
  readonly query: Query;
  /** All or nothing; what it changed is on disk when it resolves. */
  transaction<Result>(work: (query: Query) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
};

export type DatabaseOptions = {
  /** Where `apprentice.db` lies; made if absent. */
  readonly folder: string;
  /** A Postgres address; without one the embedded SQLite is used. */
  readonly url?: string;
  readonly log: Log;
};

/** The name of the embedded database's file in the data folder. */
export const databaseFile = "apprentice.db";

/**
 * Opens the database and brings its schema up to date. Throws `database-unreachable`,
 * `database-newer` (it knows migrations that this program does not), or `data-folder-unusable`.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const engine: Engine = options.url === undefined ? "sqlite" : "postgres";
  const dialect =
    options.url === undefined
      ? await embeddedDialect(options.folder)
      : await postgresDialect(options.url, options.log);
  const query = new Kysely<Schema>({ dialect });
  try {
    await migrate(query, migrations(engine));
  } catch (error) {
    await query.destroy();
    throw error;
  }
  return {
    engine,
    query,
    transaction: (work) => query.transaction().execute(work),
    close: () => query.destroy(),
  };
}

/** Loaded only where it is used: most start without Postgres, and each module costs time at the start. */
async function postgresDialect(url: string, log: Log): Promise<Dialect> {
  const postgres = await import("./postgres.ts");
  return postgres.postgresDialect(url, log);
}

async function embeddedDialect(folder: string): Promise<Dialect> {
  try {
    await makeFolder(folder);
    return sqliteDialect(openSqliteFile(join(folder, databaseFile)));
  } catch (error) {
    throw unusableFolder(folder, error);
  }
}

async function migrate(query: Query, known: Readonly<Record<string, Migration>>): Promise<void> {
  // The first query of all: it also finds out whether the database can be reached.
  await sql`select 1`.execute(query);
  const migrator = new Migrator({ db: query, provider: { getMigrations: async () => known } });
  const unknown = (await appliedMigrations(query)).find((name) => !(name in known));
  if (unknown !== undefined) throw new ApprenticeError("database-newer", { migration: unknown });
  const { error } = await migrator.migrateToLatest();
  if (error) throw asApprenticeError(error);
}

async function appliedMigrations(query: Query): Promise<readonly string[]> {
  const tables = await query.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === "kysely_migration")) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(query);
  return rows.map((row) => row.name);
}
