import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { ApprenticeError } from "../../../src/core/errors.ts";
import type { CatalogModel } from "../../../src/speech/sherpa/model-catalog.ts";
import {
  addModel,
  catalogModel,
  installedModels,
  removeModel,
} from "../../../src/speech/sherpa/model-folder.ts";
import { openVoiceActivity } from "../../../src/speech/open-engines.ts";
import { openSherpaSpeechToText } from "../../../src/speech/sherpa/sherpa-speech-to-text.ts";
import { openSherpaTextToSpeech } from "../../../src/speech/sherpa/sherpa-text-to-speech.ts";

const noBzip2 = spawnSync("bzip2", ["--version"]).error ? "no bzip2 here" : false;
const failsWith = (code: string) => (error: unknown) =>
  error instanceof ApprenticeError && error.code === code;

describe("speech models", { skip: noBzip2 }, () => {
  let folder: string;
  let archive: Buffer;
  let server: Server;
  /** What was asked for, and after how many bytes the next answers break off. */
  const ranges: (string | undefined)[] = [];
  const cuts: number[] = [];
  const model = (): CatalogModel => ({
    name: "tiny",
    kind: "stt",
    languages: ["ru"],
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/tiny.tar.bz2`,
    licence: "MIT",
    megabytes: null,
  });
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "apprentice-models-"));
    const source = join(folder, "source", "tiny-2026");
    mkdirSync(source, { recursive: true });
    writeFileSync(join(source, "tokens.txt"), "a 1\n");
    // Random bytes, so that the archive is not packed to nothing.
    writeFileSync(
      join(source, "model.int8.onnx"),
      createHash("shake256", { outputLength: 200_000 }).digest(),
    );
    execFileSync("tar", [
      "-cjf",
      join(folder, "tiny.tar.bz2"),
      "-C",
      join(folder, "source"),
      "tiny-2026",
    ]);
    archive = readFileSync(join(folder, "tiny.tar.bz2"));
    server = createServer((request, response) => {
      if (!/^\/(?:tiny\.tar\.bz2|silero_vad\.onnx)$/.test(request.url ?? ""))
        return void response.writeHead(404).end();
      ranges.push(request.headers.range);
      const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? "")?.[1] ?? 0);
      const body = archive.subarray(from);
      response.writeHead(from > 0 ? 206 : 200, { "content-length": body.length });
      const cut = cuts.shift();
      if (cut === undefined) return void response.end(body);
      response.write(body.subarray(0, cut));
      // What was written must have arrived before the connection breaks.
      setTimeout(() => response.destroy(), 100);
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
  });
  after(() => {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const place = (name: string): string => join(folder, name);

  test("a download that breaks off goes on where it was, and the model is there as a whole", async () => {
    cuts.push(50_000, 60_000);
    let seen = 0;
    const progress = (done: number, of: number): void => {
      assert.ok(done <= of);
      seen = done;
    };
    const added = await addModel(place("a"), model(), { progress });
    assert.deepEqual(ranges.length, 3);
    assert.ok(ranges.slice(1).every((range) => range?.startsWith("bytes=")));
    assert.equal(seen, archive.length);
    assert.equal(added.sha256, createHash("sha256").update(archive).digest("hex"));
    assert.deepEqual(
      installedModels(place("a")).map(({ name, licence }) => [name, licence]),
      [["tiny", "MIT"]],
    );
    assert.ok(existsSync(join(added.folder, "tokens.txt")));
    assert.deepEqual(readdirSync(place("a")), ["tiny"]);
    await removeModel(place("a"), "tiny");
    assert.deepEqual(installedModels(place("a")), []);
    await assert.rejects(removeModel(place("a"), "tiny"), failsWith("speech-model-missing"));
  });

  test("what another process had begun is gone on with", async () => {
    mkdirSync(place("b"));
    writeFileSync(join(place("b"), "tiny.tar.bz2.part"), archive.subarray(0, 70_000));
    ranges.length = 0;
    await addModel(place("b"), model(), {});
    assert.deepEqual(ranges, ["bytes=70000-"]);
  });

  test("another file than expected is thrown away", async () => {
    const wrong = { ...model(), sha256: "0".repeat(64) };
    await assert.rejects(addModel(place("c"), wrong, {}), failsWith("speech-model-damaged"));
    assert.deepEqual(readdirSync(place("c")), []);
  });

  test("no connection, and no such file, are told with their reason", async () => {
    const host = `127.0.0.1:${await closedPort()}`;
    const offline = { ...model(), url: `http://${host}/tiny.tar.bz2` };
    await assert.rejects(addModel(place("d"), offline, { retries: 0 }), (error) => {
      assert.ok(failsWith("speech-model-unreachable")(error));
      assert.deepEqual((error as ApprenticeError).values, {
        host,
        reason: "ECONNREFUSED",
      });
      return true;
    });
    const gone = { ...model(), url: model().url.replace("tiny", "huge") };
    await assert.rejects(addModel(place("d"), gone, {}), failsWith("speech-model-unreachable"));
    assert.throws(
      () => catalogModel("giga-am-v4"),
      (error) =>
        failsWith("speech-model-unknown")(error) &&
        (error as ApprenticeError).values["nearest"] === "giga-am-v3",
    );
  });

  test("a detector of voices is one file, and is used where it is installed", async () => {
    const pieces = { ...model(), name: "silero-vad", kind: "vad" as const };
    const url = pieces.url.replace("tiny.tar.bz2", "silero_vad.onnx");
    const added = await addModel(place("vad"), { ...pieces, url }, {});
    assert.deepEqual(readdirSync(added.folder).toSorted(), ["model.json", "silero-vad.onnx"]);
    assert.deepEqual(
      readFileSync(join(added.folder, "silero-vad.onnx")).subarray(0, 100),
      archive.subarray(0, 100),
    );
    await assert.rejects(openVoiceActivity(place("vad"))(), failsWith("speech-engine-missing"));
    rmSync(join(added.folder, "silero-vad.onnx"));
    // Without this look the detector would say nothing, and hear nothing.
    await assert.rejects(openVoiceActivity(place("vad"))(), failsWith("speech-model-missing"));
    const usual = (await openVoiceActivity(place("none"))())();
    assert.equal(usual.isVoice(new Int16Array(320)), false);
    usual.close();
  });

  test("an engine without its model, or without its package, says what to do", async () => {
    assert.throws(
      () => openSherpaSpeechToText(place("none"), ""),
      failsWith("speech-model-missing"),
    );
    assert.throws(() => openSherpaTextToSpeech(place("b"), ""), failsWith("speech-model-missing"));
    const engine = openSherpaSpeechToText(place("b"), "tiny");
    assert.equal(engine.name, "sherpa/tiny");
    await assert.rejects(engine.transcribe(new Int16Array(16_000), { language: "ru" }), (error) => {
      assert.ok(failsWith("speech-engine-missing")(error));
      assert.match(String((error as ApprenticeError).values["command"]), /^npm install /);
      return true;
    });
  });
});

/** A port that nobody listens on. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
