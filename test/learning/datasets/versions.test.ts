import assert from "node:assert/strict";
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { createDatasets, type Datasets } from "../../../src/learning/datasets/datasets.ts";
import {
  listVersions,
  readVersionRows,
  versionFolder,
} from "../../../src/learning/datasets/versions.ts";
import type { BuildOrder } from "../../../src/learning/datasets/build-version.ts";
import { silentLog } from "../../../src/core/log.ts";
import { openDatabase, type Database } from "../../../src/storage/database.ts";
import { createDatasetMemory } from "../../../src/storage/datasets.ts";
import { temporaryFolder } from "../../temporary-folder.ts";
import { teacherIn, teachingParts, type TeachingParts } from "../teaching-parts.ts";

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let database: Database;
let parts: TeachingParts;
let datasets: Datasets;
before(async () => {
  folder = await temporaryFolder();
  database = await openDatabase({ folder: folder.path, log: silentLog });
  parts = teachingParts(database, folder.path);
  datasets = createDatasets({
    data: folder.path,
    examples: parts.examples,
    memory: createDatasetMemory(database),
    libraryFiles: async () => [],
  });
});
after(async () => {
  await parts.memories.close();
  await database.close();
  await folder.remove();
});

let communities = 0;
const community = () => teacherIn(`web:datasets-${(communities += 1)}`, "admin");
const order = (teacher: BuildOrder["teacher"], given: Partial<BuildOrder> = {}): BuildOrder => ({
  teacher,
  name: "faq",
  attest: false,
  reason: "test",
  voice: "en",
  ...given,
});
const teachMany = (teacher: BuildOrder["teacher"], count: number, start = 0) =>
  parts.teaching.importLessons(
    teacher,
    Array.from({ length: count }, (_, index) => ({
      prompt: `Was ist ${((index + start) * 7_919).toString(36)}\u2028${index + start}?`,
      answer: `Ответ ${index + start} שלום 👋`,
      label: "positive" as const,
    })),
  );
const rowsOf = (...given: Parameters<typeof readVersionRows>) =>
  Array.fromAsync(readVersionRows(...given));

test("a version is what was taught, hashed, sorted by id, and never changes", async () => {
  const teacher = community();
  await teachMany(teacher, 40);
  const { manifest, isNew } = await datasets.build(order(teacher));
  assert.ok(isNew);
  const rows = await rowsOf(folder.path, manifest);
  assert.equal(rows.length, 40);
  assert.deepEqual(
    rows.map((row) => row.id),
    rows.map((row) => row.id).toSorted(),
  );
  assert.ok(rows.every((row) => row.prompt.includes("\u2028") && row.answer!.includes("שלום 👋")));
  assert.ok(rows.every((row) => !row.author.includes("web:")));
  const before = readFileSync(join(versionFolder(folder.path, manifest), "manifest.json"), "utf8");
  const again = await datasets.build(order(teacher));
  assert.deepEqual([again.isNew, again.manifest.version], [false, 1]);
  await teachMany(teacher, 5, 40);
  const two = await datasets.build(order(teacher));
  assert.deepEqual([two.manifest.version, two.manifest.parent], [2, 1]);
  assert.deepEqual(await listVersions(folder.path, teacher.workspace, "faq"), [1, 2]);
  const after = readFileSync(join(versionFolder(folder.path, manifest), "manifest.json"), "utf8");
  assert.equal(after, before);
  const splitOf = new Map(
    (await rowsOf(folder.path, two.manifest)).map((row) => [row.id, row.split]),
  );
  assert.ok(rows.every((row) => splitOf.get(row.id) === row.split));
  const found = await datasets.difference(manifest, two.manifest);
  assert.deepEqual([found.added.length, found.removed.length, found.changed.length], [5, 0, 0]);
});

test("a corrected answer is a change, and a preference pair", async () => {
  const teacher = community();
  await parts.teaching.teach(teacher, { prompt: "Open?", answer: "Nine", label: "positive" });
  const one = await datasets.build(order(teacher));
  const wrong = { prompt: "Open?", answer: "Nine", label: "negative" } as const;
  await parts.teaching.teach(teacher, { ...wrong, replace: true });
  const better = { prompt: "open", answer: "Ten", label: "positive", replace: true } as const;
  await parts.teaching.teach(teacher, better);
  const two = await datasets.build(order(teacher));
  assert.equal(two.manifest.counts.pairs, 1);
  const found = await datasets.difference(one.manifest, two.manifest);
  assert.deepEqual(
    found.changed.map(({ from, to }) => [from.answer, to.answer]),
    [["Nine", "Ten"]],
  );
});

test("a retracted example leaves recall and later versions at once, and undo brings it back", async () => {
  const teacher = community();
  const { workspace } = teacher;
  await teachMany(teacher, 30);
  const one = await datasets.build(order(teacher));
  const rows = await rowsOf(folder.path, one.manifest);
  for (const { id, split } of rows) {
    assert.deepEqual(await datasets.containing(workspace, id), [
      { workspace, name: "faq", version: 1, split },
    ]);
  }
  const { id, prompt } = rows[17]!;
  const retracted = await parts.teaching.retract(teacher, id.slice(-12), "names a person");
  assert.equal(retracted.exampleId, id);
  const recall = await parts.memories.of(workspace);
  assert.notEqual(recall.recollect(prompt).exampleIds[0], id);
  const usable = await Array.fromAsync(datasets.rows(one.manifest));
  assert.equal(usable.length, 29);
  const two = await datasets.build(order(teacher));
  assert.equal(two.manifest.counts.rows, 29);
  assert.equal((await datasets.containing(workspace, id)).length, 1);

  await parts.teaching.undo(teacher);
  assert.equal((await parts.examples.find(workspace, id))?.status, "active");
  assert.equal(recall.recollect(prompt).exampleIds[0], id);
  const three = await datasets.build(order(teacher));
  assert.equal(
    three.manifest.files["rows.jsonl"]!.sha256,
    one.manifest.files["rows.jsonl"]!.sha256,
  );
});

test("only trainers retract what others taught, and only what is there", async () => {
  const teacher = community();
  await teachMany(teacher, 1);
  const [example] = await parts.examples.list({ workspace: teacher.workspace, limit: 1 });
  const member = teacherIn(teacher.workspace, "member");
  await assert.rejects(parts.teaching.retract(member, example!.id, ""), {
    code: "permission-denied",
  });
  await assert.rejects(parts.teaching.retract(community(), example!.id, ""), {
    code: "example-missing",
  });
  for (const id of ["", "%", "xyz", "-", "f_0"]) {
    await assert.rejects(parts.teaching.retract(teacher, id, ""), { code: "example-missing" });
  }
});

test("files that are sent add to the rows before them, also after a retraction", async () => {
  const teacher = community();
  const attached = (name: string, text: string) => ({
    kind: "attached" as const,
    files: [{ name, bytes: Buffer.from(text) }],
    origin: "file" as const,
  });
  const one = await datasets.build(
    order(teacher, {
      source: attached("a.txt", "Q: a?\nA: 1\n\nQ: b?\nA: 2\n"),
      label: "positive",
    }),
  );
  const [row] = await rowsOf(folder.path, one.manifest);
  await parts.teaching.retract(teacher, row!.id, "");
  const two = await datasets.build(
    order(teacher, { source: attached("c.txt", "Q: c?\nA: 3\n"), label: "negative" }),
  );
  assert.deepEqual(
    [two.manifest.counts.rows, two.manifest.counts.negative, two.manifest.counts.leftOut.retracted],
    [2, 1, 1],
  );
  assert.deepEqual((await datasets.build(order(teacher))).isNew, false);
});

test("what cannot be built says why, and leaves nothing behind", async () => {
  const teacher = community();
  const attached = (name: string, text: string | Buffer) => ({
    kind: "attached" as const,
    files: [{ name, bytes: Buffer.from(text as string) }],
    origin: "file" as const,
  });
  const refused = (given: Partial<BuildOrder>, code: string) =>
    assert.rejects(datasets.build(order(teacher, given)), { code });
  await refused({}, "dataset-empty");
  await refused(
    { source: attached("a.csv", "colour,size,weight\nred,1,2\n"), label: "positive" },
    "import-invalid",
  );
  await refused({ source: attached("a.csv", ""), label: "positive" }, "import-empty");
  await refused({ source: attached("a.txt", "Q: a?\nA: b\n") }, "dataset-label-unclear");
  await refused(
    { source: attached("a.jsonl", '{"prompt":"a","answer":"b"}\nnot json\n'), label: "positive" },
    "import-invalid",
  );
  await refused(
    { source: attached("a.jsonl", Buffer.alloc(60 * 1024 * 1024, 97)), label: "positive" },
    "attachment-too-large",
  );
  const both = '{"prompt":"a","answer":"b"}\n{"prompt":"a","answer":"b","label":"negative"}\n';
  await refused({ source: attached("a.jsonl", both), label: "positive" }, "dataset-empty");
  const aborted = AbortSignal.abort();
  await teachMany(teacher, 3);
  const { workspace } = teacher;
  await datasets.build(order(teacher, { name: "other", signal: aborted })).catch(() => {});
  for (const name of ["..", "a/b", "", "con", "x".repeat(65), "../../x", "a\0b"]) {
    await assert.rejects(datasets.describe(workspace, name), { code: "dataset-name-invalid" });
    await refused({ name }, "dataset-name-invalid");
  }
  assert.deepEqual(
    (await datasets.names(workspace)).filter((name) => name !== "other"),
    [],
  );
  await assert.rejects(datasets.describe(workspace, "faq"), { code: "dataset-missing" });
});

test("rows that were changed on disk are not used", async () => {
  const teacher = community();
  await teachMany(teacher, 3);
  const { manifest } = await datasets.build(order(teacher));
  const path = join(versionFolder(folder.path, manifest), "rows.jsonl");
  const text = readFileSync(path, "utf8");
  writeFileSync(path, text.replace("Ответ 1", "Ответ 9"));
  await assert.rejects(rowsOf(folder.path, manifest), { code: "dataset-damaged" });
  writeFileSync(path, text.slice(0, -10));
  await assert.rejects(rowsOf(folder.path, manifest), { code: "dataset-damaged" });
  writeFileSync(path, text);
  assert.equal((await rowsOf(folder.path, manifest)).length, 3);
  appendFileSync(path, text);
  await assert.rejects(rowsOf(folder.path, manifest), { code: "dataset-damaged" });
});

test("builds of one dataset at the same time are numbered one after another", async () => {
  const teacher = community();
  await teachMany(teacher, 4);
  const builds = await Promise.all(
    [true, false, true].map((attest) => datasets.build(order(teacher, { attest }))),
  );
  assert.deepEqual(
    builds.map(({ manifest }) => manifest.version),
    [1, 1, 1],
  );
  const place = versionFolder(folder.path, builds[0]!.manifest);
  assert.ok(existsSync(place));
  assert.deepEqual(
    readdirSync(join(place, "..")).filter((name) => name.startsWith(".")),
    [],
  );
});
