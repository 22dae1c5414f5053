import { PostgresDialect } from "kysely";
import type { Dialect, PostgresPool, PostgresPoolClient } from "kysely";
import pg from "pg";
import { ApprenticeError } from "../core/errors.ts";
import type { Log } from "../core/log.ts";
import { newsOfTransaction } from "./postgres-news.ts";
import { storableParameters } from "./text.ts";

const connections = 8;
const connectMilliseconds = 10_000;
const statementMilliseconds = 120_000;
const idleMilliseconds = 30_000;
/** The oid of `bigint`: `select oid from pg_type where typname = 'int8'`. */
const bigintType = 20;
/** disk_full: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const postgresDiskFull = "53100";

/**
 * Kysely over a pool of Postgres connections. Whole numbers beyond 32 bits arrive as `number`: ours
 * are positions and moments, far below 2^53.
 */
export function postgresDialect(url: string, log: Log): Dialect {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: connectMilliseconds,
    idleTimeoutMillis: idleMilliseconds,
    statement_timeout: statementMilliseconds,
    keepAlive: true,
    types: {
      getTypeParser: ((oid: number, format?: "text" | "binary") =>
        oid === bigintType
          ? Number
          : pg.types.getTypeParser(oid, format ?? "text")) as typeof pg.types.getTypeParser,
    },
  });
  pool.on("error", (error) =>
    log.warn("An idle database connection was lost", { reason: reasonOf(error) }),
  );
  return new PostgresDialect({ pool: asKyselyPool(pool) });
}

function asKyselyPool(pool: pg.Pool): PostgresPool {
  const clients = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect().catch((error: unknown) => {
        throw new ApprenticeError(
          "database-unreachable",
          { reason: reasonOf(error) },
          { cause: error },
        );
      });
      const known = clients.get(client);
      if (known) return known;
      const wrapped = asKyselyClient(client);
      clients.set(client, wrapped);
      return wrapped;
    },
  };
}

function asKyselyClient(client: pg.PoolClient): PostgresPoolClient {
  // A connection that breaks while it is lent out fails its query; without a listener the event
  // would also end the process.
  client.on("error", () => {});
  const news = newsOfTransaction();
  const query = async (sql: string, parameters: readonly unknown[]) => {
    try {
      for (const told of news.before(sql)) await client.query(told.sql, [...told.parameters]);
      return await client.query(sql, storableParameters(parameters));
    } catch (error) {
      throw translated(error);
    }
  };
  return {
    query: query as unknown as PostgresPoolClient["query"],
    release: (broken?: boolean | Error) => client.release(broken),
  };
}

function translated(error: unknown): unknown {
  const code = (error as { code?: unknown }).code;
  if (code === postgresDiskFull) return new ApprenticeError("disk-full", {}, { cause: error });
  if (error instanceof pg.DatabaseError && !connectionLost.has(String(code))) return error;
  return new ApprenticeError("database-unreachable", { reason: reasonOf(error) }, { cause: error });
}

/** The server is shutting down or has crashed. */
const connectionLost = new Set(["57P01", "57P02", "57P03", "08006", "08003"]);

/** What went wrong without the address, which may hold a password. */
function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return typeof code === "string" ? code : String(message).split("\n", 1).join("");
}
