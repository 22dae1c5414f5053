import { DatabaseSync } from "node:sqlite";

/** How many findings are asked for; one is enough to know. */
const maxFindings = 5;

/**
 * What SQLite finds wrong in a database file: pages, indexes and the text search. Empty when it is
 * sound. Reads the whole file and blocks meanwhile: a second for about 500 MB.
 * https://www.sqlite.org/pragma.html#pragma_integrity_check
 */
export function findDamage(file: string): readonly string[] {
  try {
    const connection = new DatabaseSync(file, { readOnly: true });
    try {
      const rows = connection.prepare(`pragma integrity_check(${maxFindings})`).all();
      const findings = rows.map((row) => String(row["integrity_check"]));
      return findings.filter((finding) => finding !== "ok");
    } finally {
      connection.close();
    }
  } catch (thrown) {
    return [thrown instanceof Error ? thrown.message : "unreadable"];
  }
}
