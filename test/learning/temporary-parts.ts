import { after, before } from "node:test";
import { silentLog } from "../../src/core/log.ts";
import { openDatabase } from "../../src/storage/database.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { teachingParts, type TeachingParts } from "./teaching-parts.ts";

/** Everything teaching needs, for the tests of the suite (or file) that calls this; then it is gone. */
export function temporaryParts(): () => TeachingParts {
  let parts: TeachingParts;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  before(async () => {
    folder = await temporaryFolder();
    const database = await openDatabase({ folder: folder.path, log: silentLog });
    parts = teachingParts(database, folder.path);
  });
  after(async () => {
    await parts.memories.close();
    await parts.database.close();
    await folder.remove();
  });
  return () => parts;
}
