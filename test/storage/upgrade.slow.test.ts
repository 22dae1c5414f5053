import { join } from "node:path";
import { test } from "node:test";
import { temporaryFolder } from "../temporary-folder.ts";
import { answersItsLessons, made } from "./earlier-databases.ts";

test("what any earlier commit was taught is answered after the upgrade", async () => {
  const folder = await temporaryFolder();
  let opened = 0;
  try {
    for (const name of made) {
      await answersItsLessons(name, join(folder.path, name));
      opened += 1;
    }
  } finally {
    console.log(`upgrades: ${opened} of ${made.length} schemas opened, and their lessons answered`);
    await folder.remove();
  }
});
