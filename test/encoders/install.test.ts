import assert from "node:assert/strict";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, test } from "node:test";
import { findFiles } from "../../src/encoders/install/find-files.ts";
import { installEncoder } from "../../src/encoders/install/install-encoder.ts";
import { openEncoder } from "../../src/encoders/open-encoder.ts";
import { installedRecords } from "../../src/encoders/record.ts";
import { listen } from "../doubles/loopback.ts";
import { modelDouble, writeRuntimeDouble } from "../doubles/onnx-model.ts";
import { temporaryFolder } from "../temporary-folder.ts";

describe("installing an encoder", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let files: Record<string, Buffer>;
  /** After so many bytes of a model the connection breaks, once. */
  let cutAfter: number | undefined;
  let ranges: (string | undefined)[];
  let server: Awaited<ReturnType<typeof listen>>;
  const place = () => ({ folder: folder.path, timeoutSeconds: 5 });

  beforeEach(async () => {
    folder = await temporaryFolder();
    files = modelDouble();
    cutAfter = undefined;
    ranges = [];
    server = await listen(async ({ url, method, headers }, response) => {
      const bytes = files[(url ?? "").replace("/models/small/resolve/main/", "")];
      if (!bytes) return void response.writeHead(404).end();
      if (method === "HEAD")
        return void response.writeHead(200, { "content-length": bytes.length }).end();
      const isModel = url!.endsWith("model.onnx");
      if (isModel) ranges.push(headers.range);
      const from = Number(/^bytes=(\d+)-$/.exec(headers.range ?? "")?.[1] ?? 0);
      response.writeHead(from > 0 ? 206 : 200, { "content-length": bytes.length - from });
      if (!isModel || cutAfter === undefined) return void response.end(bytes.subarray(from));
      // What was sent has to arrive before the connection breaks.
      response.write(bytes.subarray(from, cutAfter), () =>
        setTimeout(() => response.destroy(), 200),
      );
      cutAfter = undefined;
    });
    await writeRuntimeDouble(folder.path);
  });
  afterEach(async () => {
    await server.close();
    await folder.remove();
  });

  const install = async (name = "small", how: Parameters<typeof installEncoder>[2] = {}) => {
    const source = `${server.origin}/models/small/resolve/main`;
    const found = await findFiles(source, name);
    const order = { name, source, files: found, licence: null, languages: ["en"] };
    return installEncoder(order, place(), how);
  };

  test("it says what it fetches, goes on after a break, and encodes with prefix and centre", async () => {
    const found = await findFiles(`${server.origin}/models/small/resolve/main`, "small");
    assert.deepEqual(
      found.map(({ path, bytes }) => [path, bytes]),
      Object.keys(files)
        .toSorted((left, right) => order(left) - order(right))
        .map((path) => [path, files[path]!.length]),
    );
    cutAfter = 100_000;
    const told: number[] = [];
    const record = await install("small", {
      progress: (stage, done) => stage === "downloading" && told.push(done),
    });
    assert.match(ranges[1]!, /^bytes=\d+-$/);
    assert.equal(
      told.at(-1),
      found.reduce((sum, { bytes }) => sum + bytes, 0),
    );
    assert.ok(told.length > 3);
    assert.equal(record.engine.kind === "onnx" && record.engine.prefix, "query: ");

    const encoder = openEncoder("small", place())!;
    assert.match(encoder.id, /^small-[0-9a-f]{8}-native$/);
    const texts = ["open", "opening hours", "where can i park", ""];
    const [open, hours, park, nothing] = await encoder.encode(texts);
    assert.ok(cosine(open!, hours!) > cosine(open!, park!));
    assert.deepEqual(await encoder.encode([texts[2]!]), [park]);
    assert.ok(nothing!.every((value) => value === 0));
    encoder.release();
  });

  test("files that are not those of the first time are thrown away, and the old encoder stays", async () => {
    const first = await install();
    files["model.onnx"] = Buffer.from("a model of somebody else");
    await assert.rejects(install(), { code: "encoder-changed" });
    assert.deepEqual(installedRecords(folder.path), [first]);
    assert.deepEqual(
      (await readdir(folder.path)).filter((name) => name.startsWith(".")),
      [],
    );
    assert.notEqual((await install("other")).checksum, first.checksum);
  });

  test("a model that was changed on disk is not used", async () => {
    await install();
    await writeFile(join(folder.path, "small", "model.onnx"), "a model, spoiled");
    const encoder = openEncoder("small", place())!;
    await encoder.prepare(["when are you open"]);
    assert.equal(encoder.vectorOf("when are you open"), null);
    assert.equal(encoder.problem()?.code, "encoder-damaged");
    encoder.release();
  });

  test("what is no model is not installed, whatever it is called", async () => {
    files["model.onnx"] = Buffer.from("<html>");
    await assert.rejects(install(), { code: "encoder-unusable" });
    assert.deepEqual(installedRecords(folder.path), []);
    delete files["model.onnx"];
    await assert.rejects(install(), { code: "encoder-unusable" });
    await assert.rejects(install("../x"), { code: "encoder-unusable" });
    await assert.rejects(install("built-in"), { code: "encoder-unusable" });
  });

  test("a folder is installed like an address, and a missing runtime is named first", async () => {
    const source = join(folder.path, "model");
    for (const [path, bytes] of Object.entries(files)) {
      await mkdir(dirname(join(source, path)), { recursive: true });
      await writeFile(join(source, path), bytes);
    }
    const found = await findFiles(source, "mine");
    const order = { name: "mine", source, files: found, licence: null, languages: [] };
    const empty = await temporaryFolder();
    const elsewhere = { ...place(), folder: empty.path };
    await assert.rejects(
      installEncoder(order, elsewhere),
      (error: { code: string; values: object }) => {
        assert.equal(error.code, "encoder-runtime-missing");
        assert.match(JSON.stringify(error.values), /npm install --ignore-scripts/);
        return true;
      },
    );
    await empty.remove();
    const { dimensions } = await installEncoder(order, place());
    assert.equal(dimensions, 8);
    assert.deepEqual(await readFile(join(folder.path, "mine", "model.onnx")), files["model.onnx"]);
  });
});

/** The order in which files are looked for. */
const order = (path: string): number =>
  [
    "tokenizer.json",
    "model.onnx",
    "config_sentence_transformers.json",
    "1_Pooling/config.json",
  ].indexOf(path);

function cosine(left: Int8Array, right: Int8Array): number {
  return left.reduce((sum, value, axis) => sum + value * right[axis]!, 0) / 127 ** 2;
}
