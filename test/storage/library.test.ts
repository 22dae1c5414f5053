import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFile, readdir, rename, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import fc from "fast-check";
import { newId } from "../../src/core/ids.ts";
import { openLibrary } from "../../src/storage/library.ts";
import type { Library } from "../../src/storage/library.ts";
import { workspaceFolder } from "../../src/storage/workspace-folder.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { runs } from "../runs.ts";

const bytes = (text: string) => Buffer.from(text);

describe("the library", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let library: Library;
  before(async () => {
    folder = await temporaryFolder();
    library = openLibrary({ folder: folder.path, quotaMb: 1 });
    await writeFile(join(folder.path, "secret.txt"), "secret");
  });
  after(() => folder.remove());

  const newWorkspace = () => `web:${newId()}`;
  const rootOf = (workspace: string) => join(folder.path, "library", workspaceFolder(workspace));
  const refused = async (workspace: string, path: string) => {
    const refusal = { code: "library-path-refused" };
    const shown = JSON.stringify(path.slice(0, 60));
    await assert.rejects(library.read(workspace, path), refusal, `read ${shown}`);
    await assert.rejects(library.resolve(workspace, path), refusal, `resolve ${shown}`);
    await assert.rejects(library.write(workspace, path, bytes("x")), refusal, `write ${shown}`);
    await assert.rejects(library.remove(workspace, path), refusal, `remove ${shown}`);
  };

  test("keeps files byte for byte under the names people gave", async () => {
    const workspace = newWorkspace();
    const everyByte = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    for (const path of [
      "a.txt",
      "Уроки/Привет, мир 🦊👩‍👩‍👧.md",
      "שלום/x",
      "no ending",
      "deep/er/and/deeper.csv",
    ]) {
      assert.equal(await library.write(workspace, path, everyByte), path.normalize("NFC"));
      assert.ok(everyByte.equals(await library.read(workspace, path)));
    }
    const listed = await library.list(workspace);
    assert.equal(listed.length, 5);
    assert.deepEqual(
      listed.map((file) => file.size),
      Array(5).fill(256),
    );
    assert.deepEqual(await library.list(newWorkspace()), []);
    await library.remove(workspace, "a.txt");
    await assert.rejects(library.read(workspace, "a.txt"), { code: "library-file-missing" });
    await assert.rejects(library.read(workspace, "deep"), { code: "library-file-missing" });
    await assert.rejects(library.remove(workspace, "deep/er"), { code: "library-file-missing" });
    await assert.rejects(library.read(workspace, "no ending/below"), {
      code: "library-file-missing",
    });
  });

  test("a taken name gets a number, and nothing is replaced", async () => {
    const workspace = newWorkspace();
    const names = await Promise.all(
      ["one", "two", "three"].map((text) => library.write(workspace, "f/plan.tar.gz", bytes(text))),
    );
    assert.deepEqual(names, ["f/plan.tar.gz", "f/plan.tar (2).gz", "f/plan.tar (3).gz"]);
    assert.equal(Buffer.from(await library.read(workspace, names[0]!)).toString(), "one");
    assert.equal(Buffer.from(await library.read(workspace, names[2]!)).toString(), "three");
  });

  test("one name in either Unicode form is one file", async () => {
    const workspace = newWorkspace();
    const composed = "caf\u00e9 \u0439.txt";
    await library.write(workspace, composed.normalize("NFD"), bytes("x"));
    assert.deepEqual(
      (await library.list(workspace)).map((file) => file.path),
      [composed],
    );
    await library.read(workspace, composed);
    await writeFile(join(rootOf(workspace), "e\u0301.txt"), "by hand");
    assert.equal(Buffer.from(await library.read(workspace, "\u00e9.txt")).toString(), "by hand");
  });

  test("refuses everything that is not a plain path in it", async () => {
    const workspace = newWorkspace();
    await library.write(workspace, "folder/file.txt", bytes("x"));
    const paths = [
      "",
      ".",
      "..",
      "/",
      "../secret.txt",
      "../../secret.txt",
      "folder/../../../secret.txt",
      "/etc/passwd",
      "//server/share",
      "\\\\server\\share",
      "C:\\boot.ini",
      "C:boot.ini",
      "c:/x",
      "folder\\..\\..\\secret.txt",
      "folder//file.txt",
      "folder/",
      "./folder/file.txt",
      "folder/./file.txt",
      ".hidden",
      "folder/.git/config",
      "~/x".replace("~", ".."),
      "file.txt:stream",
      "file.txt::$DATA",
      "con",
      "CON",
      "nul.txt",
      "folder/aux",
      "COM1.log",
      "lpt9",
      "com¹",
      "conin$",
      "prn .txt",
      "trailing.",
      "trailing ",
      " leading",
      "folder /x",
      "folder./x",
      "tab\tname",
      "new\nline",
      "nul\0byte",
      "a\u0085b",
      "evil\u202etxt.exe",
      "lone\ud800surrogate",
      "star*",
      "what?",
      "pipe|",
      "<tag>",
      '"quoted"',
      "x".repeat(201),
      "ы".repeat(101),
      `${"x/".repeat(8)}x`,
      "x".repeat(4_096),
      `${"long/".repeat(1_000)}x`,
      "file:///etc/passwd",
      "%2e%2e/secret.txt/..",
      "．．/secret.txt/..",
    ];
    for (const path of paths) await refused(workspace, path);
    assert.deepEqual((await readdir(folder.path)).toSorted(), ["library", "secret.txt"]);
    assert.equal(await readFile(join(folder.path, "secret.txt"), "utf8"), "secret");
  });

  test("follows no link, wherever it leads and whatever it stands for", async () => {
    const workspace = newWorkspace();
    await library.write(workspace, "real/file.txt", bytes("x"));
    const root = rootOf(workspace);
    await symlink(join(folder.path, "secret.txt"), join(root, "out.txt"));
    await symlink(folder.path, join(root, "outside"));
    await symlink(join(root, "real"), join(root, "inside"));
    await symlink("real/file.txt", join(root, "alias.txt"));
    await symlink(join(folder.path, "nowhere"), join(root, "dangling"));
    for (const path of [
      "out.txt",
      "outside/secret.txt",
      "inside/file.txt",
      "alias.txt",
      "dangling",
    ]) {
      await assert.rejects(library.read(workspace, path), { code: "library-path-refused" }, path);
      await assert.rejects(library.remove(workspace, path), { code: "library-path-refused" }, path);
    }
    for (const path of ["outside/new.txt", "inside/new.txt"]) {
      await assert.rejects(library.write(workspace, path, bytes("x")), {
        code: "library-path-refused",
      });
    }
    assert.equal(await library.write(workspace, "dangling", bytes("x")), "dangling (2)");
    const paths = (await library.list(workspace)).map((file) => file.path);
    assert.deepEqual(paths, ["dangling (2)", "real/file.txt"]);
    assert.deepEqual((await readdir(folder.path)).toSorted(), ["library", "secret.txt"]);
  });

  test("a pipe is no file and stops nobody", { skip: process.platform === "win32" }, async () => {
    const workspace = newWorkspace();
    await library.write(workspace, "file.txt", bytes("x"));
    execFileSync("mkfifo", [join(rootOf(workspace), "pipe")]);
    await assert.rejects(library.read(workspace, "pipe"), { code: "library-file-missing" });
    assert.equal((await library.list(workspace)).length, 1);
  });

  test("reads from the library or refuses, while a folder is swapped for a link", async () => {
    const workspace = newWorkspace();
    await library.write(workspace, "d/secret.txt", bytes("mine"));
    const root = rootOf(workspace);
    await symlink(folder.path, join(root, "link"));
    let swapping = true;
    const swap = (async () => {
      while (swapping) {
        await rename(join(root, "d"), join(root, "kept"));
        await rename(join(root, "link"), join(root, "d"));
        await rename(join(root, "d"), join(root, "link"));
        await rename(join(root, "kept"), join(root, "d"));
      }
    })();
    const seen = new Set<string>();
    for (let round = 0; round < 200; round += 1) {
      const read = library.read(workspace, "d/secret.txt");
      seen.add(
        await read.then(
          (got) => Buffer.from(got).toString(),
          (error: { code: string }) => error.code,
        ),
      );
    }
    swapping = false;
    await swap;
    seen.delete("ENOENT");
    for (const outcome of seen) {
      assert.ok(
        ["mine", "library-path-refused", "library-file-missing"].includes(outcome),
        outcome,
      );
    }
  });

  test("a full library takes nothing more, and leaves nothing half-written", async () => {
    const workspace = newWorkspace();
    await library.write(workspace, "large", Buffer.alloc(1024 * 1024 - 10));
    await assert.rejects(library.write(workspace, "more", Buffer.alloc(11)), {
      code: "library-quota",
      values: { used: 1, limit: 1 },
    });
    const racing = await Promise.allSettled(
      ["a", "b", "c"].map((name) => library.write(workspace, name, Buffer.alloc(4))),
    );
    assert.equal(racing.filter((result) => result.status === "fulfilled").length, 2);
    assert.deepEqual(await readdir(rootOf(workspace)), ["a", "b", "large"]);
    await library.write(newWorkspace(), "other", Buffer.alloc(1024 * 1024));
  });

  test("no text at all leads out", async () => {
    const workspace = newWorkspace();
    await library.write(workspace, "file", bytes("x"));
    const outside = async () => (await readdir(folder.path)).toSorted();
    const piece = fc.constantFrom(
      "..",
      ".",
      "/",
      "\\",
      "secret.txt",
      "a",
      "\0",
      ":",
      "%2e",
      "~",
      " ",
      "\u2215",
      "．",
    );
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.array(piece).map((pieces) => pieces.join("")),
          fc.string({ unit: "binary" }),
        ),
        async (path) => {
          const got = await library
            .read(workspace, path)
            .catch((error: { code?: string }) => error.code);
          const refusals: readonly unknown[] = ["library-path-refused", "library-file-missing"];
          assert.ok(refusals.includes(got) || path === "file", String(got));
          await library.write(workspace, path, bytes("x")).then(
            (name) => library.remove(workspace, name),
            (error: { code?: string }) => assert.equal(error.code, "library-path-refused"),
          );
        },
      ),
      { numRuns: runs(40) },
    );
    assert.deepEqual(await outside(), ["library", "secret.txt"]);
  });
});

describe("the folder name of a workspace", () => {
  test("is readable for ordinary ones", () => {
    assert.equal(workspaceFolder("discord:123"), "discord_123");
    assert.equal(workspaceFolder("telegram:-100987"), "telegram_-100987");
    assert.equal(workspaceFolder("web:local"), "web_local");
  });

  test("is one plain name and differs whenever the workspace does, whatever the case", () => {
    const names = fc.oneof(
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 2 }),
      fc
        .array(fc.constantFrom("a", "A", ":", "_", ".", "%", "/", "3a", "\\"), { minLength: 1 })
        .map((pieces) => pieces.join("")),
    );
    fc.assert(
      fc.property(names, names, (first, second) => {
        const [one, other] = [first, second].map((name) => workspaceFolder(`web:${name}`));
        assert.match(one!, /^web_[a-z0-9._-]*[a-z0-9_-]$/u);
        assert.equal(one!.toLowerCase() === other!.toLowerCase(), first === second);
      }),
    );
  });

  test("what is no workspace is refused", () => {
    for (const name of [
      "",
      "web",
      ":x",
      "web:",
      "../x:y",
      "WEB:x",
      `web:${"x".repeat(300)}`,
      "web:\ud800",
    ]) {
      assert.throws(() => workspaceFolder(name), { code: "workspace-invalid" }, name);
    }
  });
});
