import assert from "node:assert/strict";
import { closeSync, openSync, readFileSync, statSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ApprenticeError } from "../../src/core/errors.ts";
import { silentLog } from "../../src/core/log.ts";
import { databaseFile } from "../../src/storage/database-file.ts";
import { openDatabase } from "../../src/storage/database.ts";
import { findDamage } from "../../src/storage/find-damage.ts";
import { apprentice, testInFolder } from "../cli/running-process.ts";

const page = 4_096;
const junk = Buffer.alloc(2_048, 0xa5);

/** Overwrites part of a file, as a failing disk does. */
function spoil(file: string, at: number): void {
  const handle = openSync(file, "r+");
  writeSync(handle, junk, 0, junk.length, at);
  closeSync(handle);
}

testInFolder("a damaged database is named by doctor, and is no good backup", async (folder) => {
  const lessons = Array.from(
    { length: 400 },
    (_, number) =>
      `{"prompt":"question number ${number}","answer":"answer ${"x".repeat(200)} ${number}"}`,
  ).join("\n");
  writeFileSync(join(folder, "lessons.jsonl"), lessons);
  assert.equal((await apprentice(folder, ["import", "lessons.jsonl"])).code, 0);
  const file = join(folder, "data", databaseFile);
  assert.equal(statSync(file).mode & 0o077, 0, "nobody else on the machine reads it");
  const sound = readFileSync(file);
  assert.deepEqual(findDamage(file), []);
  let tried = 0;
  let detected = 0;
  // The head of every page: whatever lies there, its structure is gone.
  for (let at = page; at + page <= sound.length; at += page) {
    writeFileSync(file, sound);
    spoil(file, at);
    tried += 1;
    if (findDamage(file).length > 0) detected += 1;
  }
  console.log(`damaged databases: ${detected} detected of ${tried} tried`);
  assert.ok(detected / tried > 0.9, `${detected} of ${tried}`);

  writeFileSync(file, sound);
  spoil(file, 3 * page);
  const doctor = await apprentice(folder, ["doctor"]);
  assert.equal(doctor.code, 1);
  assert.match(doctor.out, /! Storage: .*is damaged[\s\S]*apprentice restore/);
  const backup = await apprentice(folder, ["backup", "copy.tar.zst"]);
  assert.equal(backup.code, 1);
  assert.match(backup.err, /is damaged/);

  // The first page: SQLite does not even take it for a database.
  writeFileSync(file, sound);
  spoil(file, 0);
  const asked = await apprentice(folder, ["ask", "question number 1"]);
  assert.match(asked.err, /is damaged/);
  assert.doesNotMatch(asked.err, /right to write/);
});

test("a damaged file is refused with its own code", async () => {
  const { mkdtempSync, rmSync } = await import("node:fs");
  const { tmpdir } = await import("node:os");
  const folder = mkdtempSync(join(tmpdir(), "apprentice-damage-"));
  writeFileSync(join(folder, databaseFile), Buffer.alloc(8_192, 0x5a));
  await assert.rejects(
    openDatabase({ folder, log: silentLog }),
    (thrown) => thrown instanceof ApprenticeError && thrown.code === "database-damaged",
  );
  rmSync(folder, { recursive: true, force: true });
});
