import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { createLogSync } from "../../src/storage/log-sync.ts";
import { temporaryFolder } from "../temporary-folder.ts";

test("a log that cannot be brought to the disk is said so, and tried anew by the next one", async () => {
  const folder = await temporaryFolder();
  const file = join(folder.path, "some.db");
  const log = createLogSync(file);
  await assert.rejects(log.sync(), { code: "ENOENT" });
  await writeFile(`${file}-wal`, "frames");
  await Promise.all([log.sync(), log.sync()]);
  await log.close();
  await folder.remove();
});
