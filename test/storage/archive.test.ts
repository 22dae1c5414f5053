import assert from "node:assert/strict";
import {
  createWriteStream,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { after, before, test } from "node:test";
import { create } from "tar";
import { archiveFormats, unpackArchive, verifyArchive } from "../../src/storage/archive.ts";
import { readMembers } from "../../src/storage/archive-members.ts";
import { createArchives, type Archives } from "../../src/storage/archives.ts";
import { zipOf } from "./zip-of.ts";
import { temporaryFolder } from "../temporary-folder.ts";

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let archives: Archives;
const files: Readonly<Record<string, string>> = {
  "plan.md": "# План\n",
  "буквы/שלום 👋.txt": "Привет\n".repeat(2_000),
  "empty.txt": "",
};
before(async () => {
  folder = await temporaryFolder();
  archives = createArchives(folder.path);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder.path, "source", path)), { recursive: true });
    writeFileSync(join(folder.path, "source", path), text);
  }
});
after(() => folder.remove());

const workspace = "web:local";
const limits = { bytes: 64 * 1024 * 1024, files: 100 };
const pack = (format: (typeof archiveFormats)[number], base = "letters") =>
  archives.pack(workspace, {
    base,
    format,
    content: { kind: "library", path: "letters" },
    root: join(folder.path, "source"),
    paths: Object.keys(files),
  });
const pathOf = (name: string) => join(folder.path, "archives", "web_local", name);

const read = (bytes: Uint8Array, given: Partial<typeof limits> = {}) => {
  const found: [string, number][] = [];
  return readMembers(
    { name: "some.zip", from: bytes, limits: { ...limits, ...given } },
    async (path, content) => {
      let size = 0;
      for await (const chunk of content) size += chunk.length;
      found.push([path, size]);
    },
  ).then(() => found);
};

for (const format of archiveFormats) {
  test(`${format}: what was packed is verified and comes back byte for byte`, async () => {
    const packed = await pack(format);
    assert.match(packed.name, new RegExp(`^letters-\\d{4}-\\d\\d-\\d\\d\\.${format}$`));
    assert.deepEqual(
      packed.manifest.files.map((file) => file.path).toSorted(),
      Object.keys(files).toSorted(),
    );
    const verified = await archives.verify(workspace, packed.name);
    assert.deepEqual(verified, packed.manifest);
    const target = join(folder.path, `back-${format}`);
    await archives.unpack(workspace, packed.name, target);
    for (const [path, text] of Object.entries(files)) {
      assert.equal(readFileSync(join(target, path), "utf8"), text);
    }
    await assert.rejects(archives.unpack(workspace, packed.name, target), {
      code: "archive-target-exists",
    });
  });

  test(`${format}: any changed or missing byte is noticed, and nothing is unpacked`, async () => {
    const packed = await pack(format, "broken");
    const bytes = readFileSync(pathOf(packed.name));
    for (const [index, at] of [5, 60, 0.3, 0.6, 0.9].entries()) {
      const damaged = Buffer.from(bytes);
      const place = at < 1 ? Math.floor(at * bytes.length) : at;
      damaged[place] = damaged[place]! ^ 0xff;
      const path = join(folder.path, `damaged-${index}`);
      writeFileSync(path, damaged);
      const target = join(folder.path, `none-${format}-${index}`);
      const outcome = await unpackArchive({ name: "a", path, limits }, target).then(
        (manifest) => JSON.stringify(manifest.files) === JSON.stringify(packed.manifest.files),
        (error: { code: string }) => {
          assert.match(error.code, /^archive-/);
          assert.ok(!readdirSync(folder.path).includes(`none-${format}-${index}`));
          return true;
        },
      );
      assert.ok(outcome, `byte ${place}`);
    }
    writeFileSync(join(folder.path, "short"), bytes.subarray(0, bytes.length / 2));
    await assert.rejects(verifyArchive({ name: "a", path: join(folder.path, "short"), limits }), {
      code: "archive-damaged",
    });
  });
}

test("archives of the same day are all kept, and their list tells no paths", async () => {
  const names = [];
  for (let count = 0; count < 3; count += 1) names.push((await pack("zip", "daily")).name);
  assert.equal(new Set(names).size, 3);
  const listed = (await archives.list(workspace)).map((archive) => archive.name);
  assert.ok(names.every((name) => listed.includes(name)));
  assert.deepEqual(await archives.list("web:other"), []);
  await assert.rejects(archives.verify("web:other", names[0]!), { code: "archive-missing" });
  for (const name of ["../web_local/x.zip", "a/b.zip", "none.zip", "/etc/passwd", ".hidden"]) {
    await assert.rejects(archives.verify(workspace, name), {
      code: /archive-missing|library-path-refused/,
    });
  }
  assert.deepEqual(
    readdirSync(join(folder.path, "archives", "web_local")).filter((name) => name.startsWith(".")),
    [],
  );
});

test("a packing that fails leaves nothing behind", async () => {
  for (const format of archiveFormats) {
    const before = (await archives.list(workspace)).length;
    await assert.rejects(
      archives.pack(workspace, {
        base: "gone",
        format,
        content: { kind: "library", path: "gone" },
        root: join(folder.path, "source"),
        paths: ["plan.md", "missing.txt"],
      }),
    );
    assert.equal((await archives.list(workspace)).length, before);
    const hidden = readdirSync(join(folder.path, "archives", "web_local"));
    assert.deepEqual(
      hidden.filter((name) => name.startsWith(".")),
      [],
      format,
    );
  }
});

test("a harmless zip is read, folders passed over", async () => {
  const bytes = await zipOf([{ name: "a.txt" }, { name: "б/в.md", bytes: Buffer.from("шалом") }]);
  assert.deepEqual(await read(bytes), [
    ["a.txt", 1],
    ["б/в.md", 10],
  ]);
});

const hostile: Readonly<Record<string, readonly Parameters<typeof zipOf>[0][number][]>> = {
  "a way out of the folder": [{ name: "../evil.txt" }],
  "a way out in the middle": [{ name: "a/../../evil.txt" }],
  "an absolute path": [{ name: "/etc/passwd" }],
  "a Windows drive": [{ name: "C:/evil.txt" }],
  backslashes: [{ name: "..\\evil.txt" }],
  "a device": [{ name: "NUL" }],
  "a device with an ending": [{ name: "com1.txt" }],
  "a hidden file": [{ name: ".ssh" }],
  "a stream": [{ name: "a.txt:b" }],
  "a link": [{ name: "link", bytes: Buffer.from("/etc/passwd"), mode: 0o120_777 }],
  "a pipe": [{ name: "pipe", mode: 0o010_666 }],
  "one name twice": [{ name: "a.txt" }, { name: "a.txt" }],
  "one name in two cases": [{ name: "a.txt" }, { name: "A.TXT" }],
};
for (const [what, entries] of Object.entries(hostile)) {
  test(`a zip with ${what} is refused`, async () => {
    await assert.rejects(read(await zipOf([...entries])), { code: "archive-unsafe" });
  });
}

test("bombs are refused: too much, too many, too tight, and sizes that lie", async () => {
  const zeros = await zipOf([{ name: "zeros", bytes: Buffer.alloc(40 * 1024 * 1024) }]);
  await assert.rejects(read(zeros), { code: "archive-too-large" });
  const much = await zipOf([{ name: "much", bytes: Buffer.alloc(2 * 1024 * 1024) }]);
  await assert.rejects(read(much, { bytes: 1024 * 1024 }), { code: "archive-too-large" });
  const many = await zipOf(
    Array.from({ length: 11 }, (_, index) => ({ name: `f${index}${index}` })),
  );
  await assert.rejects(read(many, { files: 10 }), { code: "archive-too-large" });
  // The directory says 10 bytes: reading stops as soon as there are more.
  const lying = Buffer.from(zeros);
  const directory = lying.lastIndexOf(Buffer.from("PK\x01\x02", "latin1"));
  lying.writeUInt32LE(10, directory + 24);
  await assert.rejects(read(lying), { code: "archive-damaged" });
});

test("a tar.zst with a link, a way out, or a bomb in it is refused", async () => {
  const root = join(folder.path, "hostile");
  mkdirSync(join(root, "deep"), { recursive: true });
  symlinkSync("/etc/passwd", join(root, "link"));
  writeFileSync(join(root, "zeros"), Buffer.alloc(40 * 1024 * 1024));
  writeFileSync(join(root, "up.txt"), "x");
  const tarOf = async (paths: readonly string[], cwd = root) => {
    const path = join(folder.path, `hostile-${paths[0]!.replaceAll(/\W/g, "")}.tar.zst`);
    const packed = create({ cwd, zstd: true, preservePaths: true }, [...paths]);
    await pipeline(packed as unknown as AsyncIterable<Buffer>, createWriteStream(path));
    return readFileSync(path);
  };
  await assert.rejects(read(await tarOf(["link"])), { code: "archive-unsafe" });
  await assert.rejects(read(await tarOf(["../up.txt"], join(root, "deep"))), {
    code: "archive-unsafe",
  });
  await assert.rejects(read(await tarOf(["zeros"])), { code: "archive-too-large" });
});

test("what is no archive at all is told as damaged", async () => {
  for (const bytes of [Buffer.alloc(0), Buffer.from("hello"), Buffer.alloc(5_000, 1)]) {
    await assert.rejects(read(bytes), { code: "archive-damaged" });
  }
});
