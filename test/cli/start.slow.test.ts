import assert from "node:assert/strict";
import { describe } from "node:test";
import { startServer, testInFolder } from "./running-process.ts";

describe("stopping in other ways", () => {
  testInFolder("Ctrl-C ends it cleanly", async (folder) => {
    const server = await startServer(folder);
    assert.equal((await server.stop("SIGINT")).code, 0);
  });

  testInFolder("a folder whose process was killed can be used at once", async (folder) => {
    const server = await startServer(folder);
    await server.stop("SIGKILL");
    const again = await startServer(folder);
    assert.equal((await again.stop()).code, 0);
  });
});
