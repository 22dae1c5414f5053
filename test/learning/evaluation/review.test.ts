import { after, before, describe } from "node:test";
import { silentLog } from "../../../src/core/log.ts";
import { openDatabase } from "../../../src/storage/database.ts";
import { reviewContract } from "../../contracts/review.ts";
import { temporaryFolder } from "../../temporary-folder.ts";
import { runs } from "../../runs.ts";
import { teachingParts, type TeachingParts } from "../teaching-parts.ts";

describe("review", () => {
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

  reviewContract(() => parts, runs(20));
});
