import { execFile, spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { chown, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";

const run = promisify(execFile);

/** An own Postgres for one test process, or the reason why there is none. */
export type PostgresCluster =
  | { readonly url: string; freshDatabase(): Promise<string>; stop(): Promise<void> }
  | { readonly missing: string };

/**
 * The server named by APPRENTICE_TEST_POSTGRES, or a new cluster on a free loopback port made with
 * the binaries of this machine. `freshDatabase` gives the address of a new empty database.
 */
export async function startPostgres(): Promise<PostgresCluster> {
  const given = process.env["APPRENTICE_TEST_POSTGRES"];
  if (given) return connected(given, async () => {});
  const binaries = await findBinaries();
  if (binaries === undefined) {
    return { missing: "no Postgres: set APPRENTICE_TEST_POSTGRES or install postgresql" };
  }
  const folder = await mkdtemp(join(tmpdir(), "apprentice-postgres-"));
  const owner = await serverUser();
  if (owner) await chown(folder, owner.uid, owner.gid);
  const data = join(folder, "data");
  const options = { cwd: folder, ...owner };
  await run(
    join(binaries, "initdb"),
    ["-D", data, "-U", "apprentice", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C.UTF-8"],
    options,
  );
  const port = await freePort();
  const server = spawn(
    join(binaries, "postgres"),
    [
      "-D",
      data,
      "-h",
      "127.0.0.1",
      "-p",
      String(port),
      "-k",
      folder,
      "-F",
      "-c",
      "max_connections=60",
    ],
    { ...options, stdio: "ignore" },
  );
  const ended = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  const killWithUs = () => server.kill("SIGKILL");
  process.once("exit", killWithUs);
  const stop = async () => {
    process.off("exit", killWithUs);
    server.kill("SIGINT");
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  const url = `postgres://apprentice@127.0.0.1:${port}/postgres`;
  try {
    await untilItAnswers(url);
  } catch (error) {
    await stop();
    throw error;
  }
  return connected(url, stop);
}

function connected(url: string, stop: () => Promise<void>): PostgresCluster {
  let made = 0;
  return {
    url,
    stop,
    async freshDatabase() {
      made += 1;
      const name = `apprentice_test_${process.pid}_${made}`;
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.query(`drop database if exists ${name}`);
      await client.query(`create database ${name}`);
      await client.end();
      const address = new URL(url);
      address.pathname = `/${name}`;
      return address.href;
    },
  };
}

async function findBinaries(): Promise<string | undefined> {
  const named = await run("pg_config", ["--bindir"]).catch(() => undefined);
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).toSorted().toReversed() : [];
  const folders = [
    named?.stdout.trim() ?? "",
    ...versions.map((version) => join(debian, version, "bin")),
    ...(process.env["PATH"] ?? "").split(delimiter),
  ];
  return folders.find(
    (folder) =>
      folder !== "" && existsSync(join(folder, "initdb")) && existsSync(join(folder, "postgres")),
  );
}

/** Postgres refuses to run as root; Debian's package makes the user postgres for it. */
async function serverUser(): Promise<{ uid: number; gid: number } | undefined> {
  if (userInfo().uid !== 0) return undefined;
  const id = async (flag: string) => Number((await run("id", [flag, "postgres"])).stdout);
  return { uid: await id("-u"), gid: await id("-g") };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function untilItAnswers(url: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const client = new pg.Client({ connectionString: url });
    client.on("error", () => {});
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (attempt >= 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
