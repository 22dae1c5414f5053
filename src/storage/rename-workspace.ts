import { lstat, mkdir, readdir, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { sql } from "kysely";
import type { Database } from "./database.ts";
import type { Query } from "./query.ts";
import { searchScope } from "./example-rows.ts";
import { ledgerPosition } from "./ledger.ts";
import { workspaceFolder } from "./workspace-folder.ts";

/** Folders of the data folder with one folder for each workspace. Trained models stay where they are. */
const folders = ["library", "datasets", "archives"] as const;

/**
 * Gives everything of one workspace, with its rooms, another name: what the database holds in one
 * transaction, then the files. Done again it changes nothing. `false`: the other name has learned
 * things of its own already, and nothing was changed.
 */
export async function renameWorkspace(
  database: Database,
  data: string,
  from: string,
  to: string,
): Promise<boolean> {
  const isFree = await database.transaction(async (query) => {
    if ((await ledgerPosition(query, from)) > 0 && (await ledgerPosition(query, to)) > 0)
      return false;
    for (const { name, columns } of await workspaceTables(query)) {
      await renameIn(query, name, columns, from, to);
    }
    await renameSettings(query, from, to);
    await sql`update example_search set scope = ${searchScope(to)}
      where scope = ${searchScope(from)}`.execute(query);
    return true;
  });
  if (isFree) for (const folder of folders) await moveFolder(join(data, folder), from, to);
  return isFree;
}

/** Settings that were made under the new name by chance give way. */
async function renameSettings(query: Query, from: string, to: string): Promise<void> {
  const settings = await query
    .selectFrom("workspace")
    .select("name")
    .where("name", "=", from)
    .executeTakeFirst();
  if (!settings) return;
  await query.deleteFrom("workspace").where("name", "=", to).execute();
  await query.updateTable("workspace").set({ name: to }).where("name", "=", from).execute();
}

type Columns = ReadonlySet<string>;

/** Every table whose rows belong to a workspace, whichever part of the program it serves. */
async function workspaceTables(
  query: Query,
): Promise<readonly { name: string; columns: Columns }[]> {
  const tables = await query.introspection.getTables();
  return tables
    .map(({ name, columns }) => ({ name, columns: new Set(columns.map((column) => column.name)) }))
    .filter(({ columns }) => columns.has("workspace"));
}

async function renameIn(
  query: Query,
  table: string,
  columns: Columns,
  from: string,
  to: string,
): Promise<void> {
  const name = sql.table(table);
  const owned = sql`workspace = ${from}`;
  const anything = await sql`select 1 from ${name} where ${owned} limit 1`.execute(query);
  if (anything.rows.length === 0) return;
  // Nothing was learned under the new name yet; settings that were made there by chance give way.
  if (!columns.has("message_id"))
    await sql`delete from ${name} where workspace = ${to}`.execute(query);
  for (const room of table === "room"
    ? ["name"]
    : ["room"].filter((column) => columns.has(column))) {
    const column = sql.ref(room);
    await sql`update ${name} set ${column} = ${to} || substr(${column}, ${from.length + 1})
      where ${owned} and (${column} = ${from} or ${column} like ${`${from}/%`})`.execute(query);
  }
  await sql`update ${name} set workspace = ${to} where ${owned}`.execute(query);
}

/** A folder as a whole, or what is in it when the other is there already. Nothing is overwritten. */
async function moveFolder(parent: string, from: string, to: string): Promise<void> {
  const [source, target] = [join(parent, workspaceFolder(from)), join(parent, workspaceFolder(to))];
  if (!(await exists(source))) return;
  await mkdir(dirname(target), { recursive: true });
  if (!(await exists(target))) return rename(source, target);
  for (const entry of await readdir(source)) {
    if (!(await exists(join(target, entry))))
      await rename(join(source, entry), join(target, entry));
  }
}

const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );
