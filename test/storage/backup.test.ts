import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { mkdir, readFile, readdir, symlink, truncate, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { create } from "tar";
import { silentLog } from "../../src/core/log.ts";
import { backup } from "../../src/storage/backup.ts";
import { openDatabase } from "../../src/storage/database.ts";
import type { Database } from "../../src/storage/database.ts";
import { openLibrary } from "../../src/storage/library.ts";
import { restore } from "../../src/storage/restore.ts";
import { createTurns } from "../../src/storage/turns.ts";
import { createWorkspaces } from "../../src/storage/workspaces.ts";
import { createRegistry } from "../../src/learning/registry/registry.ts";
import { newModelVersion } from "../contracts/registry.ts";
import { temporaryFolder } from "../temporary-folder.ts";

describe("backup and restore", () => {
  let root: Awaited<ReturnType<typeof temporaryFolder>>;
  let data: string;
  let database: Database;
  let made = 0;
  const fresh = () => join(root.path, `fresh-${(made += 1)}`);
  const rowsPath = "datasets/discord_123/faq/1/rows.jsonl";
  const archivePath = "archives/discord_123/2026-11-21-faq.zip";
  const libraryOf = (folder: string) => openLibrary({ folder, quotaMb: 10 });

  before(async () => {
    root = await temporaryFolder();
    data = join(root.path, "data");
    database = await openDatabase({ folder: data, log: silentLog });
  });
  after(async () => {
    await database.close();
    await root.remove();
  });

  test("a backup made while messages come in holds one moment, and everything from before", async () => {
    const library = libraryOf(data);
    const workspace = "discord:123";
    const path = "Книга 🦊/שלום.txt";
    await library.write(workspace, path, Buffer.from("Содержимое"));
    const large = randomBytes(3_000_000);
    await library.write(workspace, "large.bin", large);
    for (const path of [rowsPath, archivePath]) {
      await mkdir(dirname(join(data, path)), { recursive: true });
      await writeFile(join(data, path), path);
    }
    await writeFile(join(data, "library", "discord_123", "odd:name.txt"), "by hand");
    const turns = createTurns(database);
    const begin = async (number: number) => {
      const turn = await turns.begin({
        workspace,
        room: "r",
        person: "p",
        personName: "P",
        messageId: `m${number}`,
        prompt: `вопрос ${number}`,
        language: "ru",
        modelVersion: "recall@0",
      });
      assert.ok(turn);
      await turns.finish(turn.id, {
        answer: `ответ ${number}`,
        known: true,
        tier: "exact",
        score: 1,
        exampleIds: [],
        modelVersion: "recall@0",
      });
    };
    for (let number = 0; number < 50; number += 1) await begin(number);
    const target = join(root.path, "busy.tar.zst");
    const steps: number[] = [];
    const running = backup({
      folder: data,
      database,
      target,
      progress: (done) => steps.push(done),
    });
    for (let number = 50; number < 150; number += 1) await begin(number);
    const summary = await running;
    assert.equal(summary.files, 5);
    assert.equal(summary.skipped, 1);
    assert.ok(steps.length > 0);

    const folder = fresh();
    await restore({ archive: target, folder, log: silentLog });
    const restored = await openDatabase({ folder, log: silentLog });
    const kept = await createTurns(restored).list(workspace, "r", { limit: 1_000 });
    assert.ok(kept.length >= 50);
    assert.deepEqual(
      kept.map((turn) => turn.answer),
      kept.map((_, number) => `ответ ${number}`),
    );
    await restored.close();
    assert.equal(
      Buffer.from(await libraryOf(folder).read(workspace, path)).toString(),
      "Содержимое",
    );
    assert.ok(large.equals(await libraryOf(folder).read(workspace, "large.bin")));
    for (const path of [rowsPath, archivePath]) {
      assert.equal(await readFile(join(folder, path), "utf8"), path);
    }
    assert.deepEqual((await readdir(folder)).toSorted(), [
      "apprentice.db",
      "archives",
      "datasets",
      "library",
      "models",
    ]);
    assert.deepEqual(
      (await readdir(data)).filter((name) => name.startsWith(".")),
      [],
    );
  });

  test("what trainings left comes along, and nothing else of the models", async () => {
    const workspace = "discord:123";
    const version = newModelVersion(workspace, {
      artefact: {
        kind: "memory",
        folder: "models/discord_123/job",
        file: { path: "memory.bin", sha256: "00".repeat(32), bytes: 6 },
      },
    });
    await database.transaction((query) => createRegistry(database).add(query, version));
    const map = `models/discord_123/${version.jobId}/export/map.jsonl`;
    const kept = ["models/discord_123/job/memory.bin", map];
    const left = ["models/discord_123/recall.bin", "models/discord_123/job/run.log"];
    for (const path of [...kept, ...left]) {
      await mkdir(dirname(join(data, path)), { recursive: true });
      await writeFile(join(data, path), "memory");
    }
    const target = join(root.path, "models.tar.zst");
    await backup({ folder: data, database, target });
    const folder = fresh();
    await restore({ archive: target, folder, log: silentLog });
    for (const path of kept) assert.equal(await readFile(join(folder, path), "utf8"), "memory");
    for (const path of left)
      await assert.rejects(readFile(join(folder, path)), { code: "ENOENT" }, path);
  });

  test("nothing is ever overwritten", async () => {
    const target = join(root.path, "taken.tar.zst");
    await writeFile(target, "mine");
    await assert.rejects(backup({ folder: data, database, target }), {
      code: "backup-target-exists",
    });
    assert.equal(await readFile(target, "utf8"), "mine");

    const archive = join(root.path, "good.tar.zst");
    await backup({ folder: data, database, target: archive });
    const folder = fresh();
    await mkdir(folder);
    await writeFile(join(folder, "something"), "mine");
    await assert.rejects(restore({ archive, folder, log: silentLog }), {
      code: "backup-target-exists",
    });
    assert.deepEqual(await readdir(folder), ["something"]);
  });

  test("a cancelled backup or restore leaves nothing behind", async () => {
    const target = join(root.path, "cancelled.tar.zst");
    const signal = AbortSignal.abort();
    await assert.rejects(backup({ folder: data, database, target, signal }), { code: "cancelled" });
    const archive = join(root.path, "whole.tar.zst");
    await backup({ folder: data, database, target: archive });
    const folder = fresh();
    await assert.rejects(restore({ archive, folder, log: silentLog, signal }), {
      code: "cancelled",
    });
    assert.deepEqual(await readdir(folder), []);
    const names = await readdir(root.path);
    assert.deepEqual(
      names.filter((name) => name.includes("cancelled")),
      [],
    );
  });

  describe("refuses", () => {
    const sha256 = (bytes: string | Buffer) => createHash("sha256").update(bytes).digest("hex");
    const promise = (path: string, bytes: string | Buffer) => ({
      path,
      size: Buffer.byteLength(bytes),
      sha256: sha256(bytes),
    });

    /** An archive with these files, and a manifest that promises `promised`. */
    const archiveOf = async (
      files: Readonly<Record<string, string>>,
      promised: readonly object[],
      names: readonly string[] = Object.keys(files),
    ): Promise<string> => {
      const folder = fresh();
      const manifest = JSON.stringify({ format: "apprentice-backup-1", files: promised });
      for (const [path, text] of Object.entries({ ...files, "manifest.json": manifest })) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), text);
      }
      const archive = `${folder}.tar.zst`;
      await create({ cwd: folder, file: archive, zstd: true, preservePaths: true }, [
        "manifest.json",
        ...names,
      ]);
      return archive;
    };

    const refused = async (archive: string) => {
      const folder = fresh();
      await assert.rejects(restore({ archive, folder, log: silentLog }), {
        code: "backup-invalid",
      });
      assert.deepEqual(await readdir(folder), []);
    };

    const database = "not really a database";
    const good = promise("apprentice.db", database);

    test("a file that is no archive, and one that is not there", async () => {
      const archive = join(root.path, "garbage.tar.zst");
      await writeFile(archive, "garbage".repeat(1_000));
      await refused(archive);
      await writeFile(archive, "");
      await refused(archive);
      await refused(join(root.path, "missing.tar.zst"));
    });

    test("half an archive", async () => {
      const archive = join(root.path, "half.tar.zst");
      await backup({ folder: data, database: databaseOfSuite(), target: archive });
      const { length } = await readFile(archive);
      await truncate(archive, Math.floor(length / 2));
      await refused(archive);
    });

    test("a database that is none", async () => {
      await refused(await archiveOf({ "apprentice.db": database }, [good]));
    });

    test("bytes that differ from the manifest", async () => {
      const wrong = { ...good, sha256: sha256("other") };
      await refused(await archiveOf({ "apprentice.db": database }, [wrong]));
    });

    test("more bytes than promised", async () => {
      const small = { ...good, size: 3 };
      await refused(await archiveOf({ "apprentice.db": database }, [small]));
    });

    test("promises larger than the disk", async () => {
      const archive = await archiveOf({ "apprentice.db": database }, [{ ...good, size: 2 ** 52 }]);
      await refused(archive);
    });

    test("files that were not promised, and promised ones that are missing", async () => {
      await refused(await archiveOf({ "apprentice.db": database, "library/web_a/x": "y" }, [good]));
      await refused(
        await archiveOf({ "apprentice.db": database }, [good, promise("library/web_a/x", "y")]),
      );
      await refused(await archiveOf({ "library/web_a/x": "y" }, [promise("library/web_a/x", "y")]));
    });

    test("paths that lead out", async () => {
      for (const path of [
        "library/../../escaped",
        "../escaped",
        "/tmp/escaped",
        "library/web_a/../../../escaped",
        "library/web_a/.hidden",
        "library/x",
        "library\\web_a\\x",
        "models/x",
      ]) {
        await refused(await archiveOf({ "apprentice.db": database }, [good, promise(path, "y")]));
      }
    });

    test("links", async () => {
      const outside = join(root.path, "outside");
      await writeFile(outside, "secret");
      const folder = fresh();
      await mkdir(join(folder, "library", "web_a"), { recursive: true });
      await symlink(outside, join(folder, "library", "web_a", "x"));
      const promised = [good, promise("library/web_a/x", "secret")];
      const manifest = JSON.stringify({ format: "apprentice-backup-1", files: promised });
      await writeFile(join(folder, "manifest.json"), manifest);
      await writeFile(join(folder, "apprentice.db"), database);
      const archive = `${folder}.tar.zst`;
      const names = ["manifest.json", "apprentice.db", "library/web_a/x"];
      await create({ cwd: folder, file: archive, zstd: true }, names);
      await refused(archive);
    });
  });

  const databaseOfSuite = () => database;

  test("a restored database has its settings", async () => {
    await createWorkspaces(database).change("web:local", { persona: "Лиса" });
    const archive = join(root.path, "settings.tar.zst");
    await backup({ folder: data, database, target: archive });
    const folder = fresh();
    await restore({ archive, folder, log: silentLog });
    const restored = await openDatabase({ folder, log: silentLog });
    assert.equal((await createWorkspaces(restored).settings("web:local")).persona, "Лиса");
    await restored.close();
  });
});
