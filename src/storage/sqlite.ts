import { chmodSync, closeSync, openSync, statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import type { SQLInputValue, StatementSync } from "node:sqlite";
import { SqliteAdapter, SqliteDialect } from "kysely";
import type { Dialect, Kysely } from "kysely";
import { ApprenticeError, isOutOfSpace } from "../core/errors.ts";
import { damaged, isDamage } from "./integrity.ts";
import type { Schema } from "./schema.ts";
import { storableParameters } from "./text.ts";
import { tableWrittenBy, type WrittenTables } from "./written-tables.ts";

const statementCacheSize = 300;
const busyMilliseconds = 5_000;
/**
 * Pages of 4 KB that the log holds before it is brought into the database file. That stops the process
 * for some milliseconds: with SQLite's own 1,000 about one answer in a hundred would meet it.
 */
const pagesPerCheckpoint = 4_000;

/** Kysely assumes that SQLite cannot roll back a schema change; it can. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** Opens a database file so that a committed transaction survives a crash of the machine. */
export function openSqliteFile(file: string): DatabaseSync {
  keepPrivate(file);
  const connection = new DatabaseSync(file, {
    timeout: busyMilliseconds,
    enableForeignKeyConstraints: true,
    defensive: true,
  });
  connection.exec("pragma journal_mode = wal; pragma synchronous = full");
  connection.exec(`pragma wal_autocheckpoint = ${pagesPerCheckpoint}`);
  return connection;
}

/** What people said is for nobody else on the machine: the log beside the file takes over its mode. */
function keepPrivate(file: string): void {
  closeSync(openSync(file, "a", 0o600));
  if (process.platform !== "win32" && (statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600);
}

/** Kysely over one open connection of node:sqlite; `writes` counts what goes over it. */
export function sqliteDialect(connection: DatabaseSync, writes: WrittenTables): Dialect {
  const dialect = new SqliteDialect({ database: asKyselyDatabase(connection, writes) });
  return {
    createAdapter: () => new TransactionalSqliteAdapter(),
    createDriver: () => dialect.createDriver(),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createIntrospector: (database) => dialect.createIntrospector(database),
  };
}

/**
 * A transaction whose commit does not wait for the disk. Kysely's one connection is held meanwhile, so
 * that no other commit is a quick one.
 */
export const quickTransaction = <Result>(
  connection: DatabaseSync,
  query: Kysely<Schema>,
  work: (query: Kysely<Schema>) => Promise<Result>,
): Promise<Result> =>
  query.connection().execute(async (held) => {
    refusingFullDisk(() => connection.exec("pragma synchronous = normal; begin"));
    try {
      const result = await work(held);
      refusingFullDisk(() => connection.exec("commit"));
      return result;
    } catch (error) {
      if (connection.isTransaction) connection.exec("rollback");
      throw error;
    } finally {
      connection.exec("pragma synchronous = full");
    }
  });

type KyselyStatement = {
  readonly reader: boolean;
  all(parameters: readonly unknown[]): unknown[];
  run(parameters: readonly unknown[]): ReturnType<StatementSync["run"]>;
  iterate(parameters: readonly unknown[]): IterableIterator<unknown>;
};

function asKyselyDatabase(connection: DatabaseSync, writes: WrittenTables) {
  const cache = new Map<string, KyselyStatement>();
  return {
    close: () => connection.close(),
    prepare(sql: string): KyselyStatement {
      const cached = cache.get(sql);
      if (cached) return cached;
      if (cache.size >= statementCacheSize) cache.clear();
      const statement = prepare(connection, sql, writes);
      cache.set(sql, statement);
      return statement;
    },
  };
}

function prepare(connection: DatabaseSync, sql: string, writes: WrittenTables): KyselyStatement {
  const statement = connection.prepare(sql);
  const written = tableWrittenBy(sql);
  const isRollback = sql === "rollback";
  const bound = (parameters: readonly unknown[]) =>
    storableParameters(parameters) as SQLInputValue[];
  return {
    reader: statement.columns().length > 0,
    all(parameters) {
      writes.note(written);
      return refusingFullDisk(() => statement.all(...bound(parameters)));
    },
    run(parameters) {
      // SQLite takes a transaction back itself when the disk fails under it; what failed is the news.
      if (isRollback && !connection.isTransaction) return { changes: 0, lastInsertRowid: 0 };
      writes.note(written);
      return refusingFullDisk(() => statement.run(...bound(parameters)));
    },
    iterate: (parameters) => statement.iterate(...bound(parameters)),
  };
}

function refusingFullDisk<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (isDamage(error)) throw damaged("apprentice.db", (error as Error).message, error);
    if (!isOutOfSpace(error)) throw error;
    throw new ApprenticeError("disk-full", {}, { cause: error });
  }
}
