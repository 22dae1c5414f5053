import assert from "node:assert/strict";
import { join } from "node:path";
import { describe } from "node:test";
import { isAlive, startServer, testInFolder, wrapper } from "./running-process.ts";

describe("stopping in other ways", () => {
  testInFolder("Ctrl-C ends it cleanly", async (folder) => {
    const server = await startServer(folder);
    assert.equal((await server.stop("SIGINT")).code, 0);
  });

  testInFolder(
    "a server that is too busy to hear a signal ends within ten seconds or so",
    async (folder) => {
      const server = await startServer(folder, [process.execPath, wrapper, "start"]);
      const { readLockNote } = await import("../../src/storage/lock.ts");
      const note = await readLockNote(join(folder, "data"));
      // A stopped process is as deaf as one whose main thread is busy for ever.
      process.kill(note!.process, "SIGSTOP");
      const started = performance.now();
      const { code } = await server.stop("SIGTERM");
      assert.equal(code, 1);
      assert.ok(performance.now() - started < 20_000);
      assert.equal(isAlive(note!.process), false);
    },
    { skip: process.platform === "win32" && "uses signals" },
  );

  testInFolder("a folder whose process was killed can be used at once", async (folder) => {
    const server = await startServer(folder);
    await server.stop("SIGKILL");
    const again = await startServer(folder);
    assert.equal((await again.stop()).code, 0);
  });
});
