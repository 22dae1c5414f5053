import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { openApp } from "../../src/compose.ts";
import { readConfig } from "../../src/config.ts";
import { silentLog } from "../../src/core/log.ts";
import { databaseFile } from "../../src/storage/database-file.ts";
import { received, shownFor } from "../received.ts";
import { root } from "../source-files.ts";

/** Databases made by the code of each commit that changed the schema, with two lessons in each. */
const fixtures = join(root, "test/fixtures/databases");
export const made = readdirSync(fixtures).filter((name) => name.endsWith(".db.gz"));

/** Puts one of them where `openDatabase` finds it. */
export function unpack(name: string, into: string): { readonly path: string; close(): void } {
  mkdirSync(into, { recursive: true });
  const path = join(into, databaseFile);
  writeFileSync(path, gunzipSync(readFileSync(join(fixtures, name))));
  return { path, close: () => rmSync(into, { recursive: true, force: true }) };
}

/** Opens one with the whole app in `folder` and asks what was taught in it. */
export async function answersItsLessons(name: string, folder: string): Promise<void> {
  const { close } = unpack(name, join(folder, "data"));
  const app = await openApp(readConfig(folder, {}).config, silentLog);
  for (const [question, answer] of [
    ["When are you open?", "Every day from ten to six."],
    ["где вы", "На набережной, 5."],
  ] as const) {
    const replies = await shownFor({ app }, received(question));
    assert.equal(replies.at(-1)?.text, answer, name);
  }
  await app.close();
  close();
}
