import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { lockFolder, readLockNote } from "../../src/storage/lock.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const holder = fileURLToPath(new URL("hold-lock.ts", import.meta.url));

async function holdInAnotherProcess(folder: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ["--expose-gc", holder, folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  return child;
}

describe("the lock of a data folder", () => {
  test("is refused to a second taker and free again after release", async (context) => {
    const folder = await temporaryFolder();
    context.after(() => folder.remove());
    const lock = await lockFolder(folder.path);
    context.after(() => lock.release());
    await lock.note({ url: "http://localhost:1" });
    assert.deepEqual(await readLockNote(folder.path), {
      process: process.pid,
      note: { url: "http://localhost:1" },
    });
    await assert.rejects(lockFolder(folder.path), {
      code: "data-folder-in-use",
      values: { folder: folder.path, process: String(process.pid) },
    });
    await lock.release();
    await lock.release();
    assert.equal(await readLockNote(folder.path), undefined);
    const again = await lockFolder(folder.path);
    await again.release();
  });

  test("is held by a living process, and freed by its sudden death", async (context) => {
    const folder = await temporaryFolder();
    context.after(() => folder.remove());
    const child = await holdInAnotherProcess(folder.path);
    context.after(() => child.kill("SIGKILL"));
    const refusal = {
      code: "data-folder-in-use",
      values: { folder: folder.path, process: String(child.pid) },
    };
    await assert.rejects(lockFolder(folder.path), refusal);
    assert.deepEqual(await readLockNote(folder.path), {
      process: child.pid,
      note: { url: "http://127.0.0.1:1234" },
    });
    child.kill("SIGKILL");
    await once(child, "exit");
    assert.equal(await readLockNote(folder.path), undefined);
    const lock = await lockFolder(folder.path);
    assert.deepEqual(await readLockNote(folder.path), { process: process.pid, note: null });
    await lock.release();
  });

  test("goes to exactly one of many who ask at once", async () => {
    const folder = await temporaryFolder();
    const results = await Promise.allSettled(
      Array.from({ length: 5 }, () => lockFolder(folder.path)),
    );
    const taken = results.filter((result) => result.status === "fulfilled");
    assert.equal(taken.length, 1);
    await taken[0]!.value.release();
    assert.deepEqual(await readdir(folder.path), ["apprentice.lock"]);
    await folder.remove();
  });

  test("asking about a folder that nobody ever used changes nothing", async () => {
    const folder = await temporaryFolder();
    assert.equal(await readLockNote(folder.path), undefined);
    assert.equal(await readLockNote(`${folder.path}/missing`), undefined);
    assert.deepEqual(await readdir(folder.path), []);
    await folder.remove();
  });
});
