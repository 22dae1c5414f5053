import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { loadedAgain } from "../../../src/learning/serving/loaded-again.ts";
import { createOllamaServing } from "../../../src/learning/serving/ollama.ts";
import type { ServedAdapter, Serving } from "../../../src/learning/serving/serving.ts";
import { createVllmServing } from "../../../src/learning/serving/vllm.ts";
import { createLanguageModel } from "../../../src/models/provider.ts";
import { startOllama, startVllm, type ModelServer } from "../../doubles/serving/model-server.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

describe("serving trained adapters", () => {
  let data: Awaited<ReturnType<typeof temporaryFolder>>;
  let vllm: ModelServer;
  let ollama: ModelServer;
  let adapter: ServedAdapter;
  before(async () => {
    [data, vllm, ollama] = await Promise.all([temporaryFolder(), startVllm(), startOllama()]);
    const folder = join(data.path, "models", "out");
    mkdirSync(folder, { recursive: true });
    const files = ["adapter_config.json", "adapter_model.safetensors", "tokenizer.json"].map(
      (path) => {
        writeFileSync(join(folder, path), path);
        const sha256 = createHash("sha256").update(path).digest("hex");
        return { path, sha256, bytes: path.length };
      },
    );
    adapter = { folder, files };
  });
  after(() => Promise.all([vllm.close(), ollama.close(), data.remove()]));

  const settings = (url: string) => ({ url, apiKey: "", timeoutSeconds: 5 });
  const onVllm = (there = "", url = vllm.url): Serving =>
    createVllmServing({ ...settings(url), data: { here: data.path, there } });
  const onOllama = (base = "tiny"): Serving =>
    createOllamaServing({ ...settings(ollama.url), base });

  for (const [name, open, server] of [
    ["vLLM", onVllm, () => vllm],
    ["Ollama", onOllama, () => ollama],
  ] as const) {
    test(`${name} answers with it once it is served, is asked only once, and forgets it`, async () => {
      const serving = open();
      const first = await serving.serve(adapter, "ap-1");
      const url = `${server().url}/v1`;
      assert.deepEqual(first, { provider: "openai-compatible", url, name: "ap-1" });
      const calls = server().calls.length;
      assert.deepEqual(await serving.serve(adapter, "ap-1"), first);
      assert.equal(server().calls.length, calls + 1);
      assert.equal(server().models.size, 2);
      await serving.withdraw("ap-1");
      await serving.withdraw("ap-1");
      assert.equal(server().models.size, 1);
    });
  }

  test("vLLM is told where it sees the data folder, and what it refuses is told", async () => {
    await assert.rejects(onVllm("/elsewhere").serve(adapter, "ap-2"), {
      code: "serving-failed",
      values: { host: new URL(vllm.url).host, reason: "No adapter found." },
    });
  });

  test("Ollama gets the adapter's own files, and what it refuses is told", async () => {
    await onOllama().serve(adapter, "ap-3");
    assert.deepEqual(ollama.models.get("ap-3:latest"), [
      "adapter_config.json",
      "adapter_model.safetensors",
    ]);
    await assert.rejects(onOllama("no-such-model").serve(adapter, "ap-4"), {
      code: "serving-failed",
    });
  });

  test("a server that was restarted is told again, once for all who ask, and answers", async () => {
    const serving = onVllm();
    const { url, name } = await serving.serve(adapter, "ap-6");
    const settings = { url, name, timeoutSeconds: 5, retries: 0 };
    const plain = createLanguageModel({ ...settings, provider: "openai-compatible" });
    const model = loadedAgain(plain, () => serving.serve(adapter, "ap-6"));
    const ask = async () => {
      const request = {
        system: "",
        messages: [{ role: "user", content: "Who are you?" }],
      } as const;
      return (await Array.fromAsync(model.answer(request))).join("");
    };
    const loads = () => vllm.calls.filter((call) => call === "POST /load_lora_adapter").length;
    const before = loads();
    assert.equal(await ask(), "I am ap-6");
    vllm.restart();
    assert.deepEqual(await Promise.all([ask(), ask(), ask()]), Array(3).fill("I am ap-6"));
    assert.equal(loads(), before + 1);
    vllm.restart();
    const { path } = adapter.files[0]!;
    rmSync(join(adapter.folder, path));
    await assert.rejects(ask(), { code: "serving-failed" });
    writeFileSync(join(adapter.folder, path), path);
    assert.equal(await ask(), "I am ap-6");
  });

  test("a server that is not there is told with its host", async () => {
    const gone = await startVllm();
    await gone.close();
    await assert.rejects(onVllm("", gone.url).serve(adapter, "ap-5"), {
      code: "serving-failed",
      values: { host: new URL(gone.url).host, reason: "ECONNREFUSED" },
    });
  });
});
