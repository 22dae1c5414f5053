import assert from "node:assert/strict";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { after, before, beforeEach, describe, test } from "node:test";
import { ApprenticeError } from "../../src/core/errors.ts";
import type { LanguageModel } from "../../src/models/model.ts";
import { createLanguageModel, type ModelSettings } from "../../src/models/provider.ts";
import { startOpenAiDouble, type Fault, type OpenAiDouble } from "../doubles/openai/server.ts";

const request = {
  system: "Отвечай кратко. 👋",
  messages: [
    { role: "user", content: "שלום" },
    { role: "assistant", content: "Привет!" },
    { role: "user", content: "Как дела?" },
  ],
} as const;

async function piecesOf(model: LanguageModel, signal?: AbortSignal): Promise<string[]> {
  const pieces: string[] = [];
  for await (const piece of model.answer(request, signal)) pieces.push(piece);
  return pieces;
}

/** The failure of an answer, with what was said before it. */
async function failureOf(
  model: LanguageModel,
  signal?: AbortSignal,
): Promise<{ error: ApprenticeError; said: string }> {
  let said = "";
  try {
    for await (const piece of model.answer(request, signal)) said += piece;
  } catch (error) {
    assert.ok(error instanceof ApprenticeError, String(error));
    return { error, said };
  }
  return assert.fail(`nothing failed: ${said}`);
}

describe("a language model over HTTP", () => {
  let double: OpenAiDouble;
  const whole = ["Hello", ", ", "мир", " 👋"];
  before(async () => {
    double = await startOpenAiDouble();
  });
  after(async () => {
    await double.close();
    assert.deepEqual(double.complaints, []);
  });
  let hitsBefore = 0;
  beforeEach(() => {
    hitsBefore = double.hits;
  });
  const hits = (): number => double.hits - hitsBefore;
  const open = (settings: Partial<ModelSettings> = {}): LanguageModel =>
    createLanguageModel({
      provider: "openai-compatible",
      url: double.url,
      name: "echo",
      timeoutSeconds: 10,
      retries: 0,
      ...settings,
    });

  test("streams the answer and sends prompt, history and limits as they are", async () => {
    const model = open({ apiKey: "secret", maxOutputTokens: 99, temperature: 0.5 });
    assert.equal(model.name, "openai-compatible/echo");
    assert.deepEqual(await piecesOf(model), whole);
    assert.deepEqual(double.requests.at(-1), {
      model: "echo",
      messages: [{ role: "system", content: request.system }, ...request.messages],
      max_tokens: 99,
      temperature: 0.5,
      stream: true,
    });
    assert.equal(double.lastHeaders["authorization"], "Bearer secret");
  });

  test("what a model thinks aloud is not passed on", async () => {
    const thinking = await startOpenAiDouble(() => ["<thi", "nk>hmm", "</think>", "<b>", "да"]);
    try {
      assert.equal((await piecesOf(open({ url: thinking.url }))).join("").trim(), "<b>да");
    } finally {
      await thinking.close();
    }
  });

  test("OpenAI itself is asked through the same API", async () => {
    assert.deepEqual(await piecesOf(open({ provider: "openai", apiKey: "k" })), whole);
    assert.equal(double.lastHeaders["authorization"], "Bearer k");
  });

  const fatal: [name: string, fault: Fault, code: string, values: object][] = [
    ["a wrong key", { kind: "status", status: 401 }, "model-refused", { status: 401 }],
    ["a forbidden model", { kind: "status", status: 403 }, "model-refused", { status: 403 }],
    ["an unknown model", { kind: "status", status: 404 }, "model-refused", { status: 404 }],
    [
      "a request it does not take",
      { kind: "status", status: 422 },
      "model-refused",
      { status: 422 },
    ],
  ];
  for (const [name, fault, code, values] of fatal) {
    test(`${name} is refused at once`, async () => {
      double.fail(fault);
      const { error } = await failureOf(open({ retries: 3 }));
      // What the server itself said is passed on.
      assert.deepEqual([error.code, error.values], [code, { ...values, said: " “as ordered”" }]);
      assert.equal(hits(), 1);
    });
  }

  const passing: [name: string, fault: Fault, code: string][] = [
    [
      "429 with retry-after",
      { kind: "status", status: 429, headers: { "retry-after": "0" } },
      "model-rate-limited",
    ],
    ["500", { kind: "status", status: 500, headers: { "retry-after-ms": "1" } }, "model-failed"],
    ["503", { kind: "status", status: 503 }, "model-failed"],
    ["garbage", { kind: "garbage", pieces: 0 }, "model-garbled"],
    ["a web page", { kind: "wrong-type" }, "model-garbled"],
    ["an empty answer", { kind: "empty" }, "model-garbled"],
    [
      "a stream that ends before its first piece",
      { kind: "half-stream", pieces: 0 },
      "model-garbled",
    ],
  ];
  for (const [name, fault, code] of passing) {
    test(`${name} is tried again, and told when it stays`, async () => {
      double.fail(fault);
      assert.deepEqual(await piecesOf(open({ retries: 1 })), whole);
      assert.equal(hits(), 2);
      double.fail(fault, fault);
      assert.equal((await failureOf(open({ retries: 1 }))).error.code, code);
      assert.equal(hits(), 4);
    });
  }

  const broken: [name: string, fault: Fault][] = [
    ["ends in the middle", { kind: "half-stream", pieces: 2 }],
    ["loses its connection", { kind: "cut", pieces: 2 }],
    ["turns into garbage", { kind: "garbage", pieces: 2 }],
  ];
  for (const [name, fault] of broken) {
    test(`a stream that ${name} is never taken for a whole answer, and never said twice`, async () => {
      double.fail(fault);
      const { error, said } = await failureOf(open({ retries: 3 }));
      assert.equal(error.code, "model-garbled");
      assert.equal(said, "Hello, ");
      assert.equal(hits(), 1);
    });
  }

  test("a slow first piece and a slow stream end at their limits", async () => {
    double.fail({ kind: "slow-start", wait: 5_000 });
    const first = await failureOf(open({ firstPieceSeconds: 0.1, retries: 2 }));
    assert.deepEqual([first.error.code, first.error.values], ["model-timeout", { seconds: 0.1 }]);
    double.fail({ kind: "slow-stream", wait: 120 });
    const all = await failureOf(open({ timeoutSeconds: 0.3, firstPieceSeconds: 0.3 }));
    assert.deepEqual(
      [all.error.code, all.error.values, all.said.startsWith("Hello")],
      ["model-timeout", { seconds: 0.3 }, true],
    );
  });

  test("a retry-after longer than the time left is not waited for", async () => {
    double.fail({ kind: "status", status: 429, headers: { "retry-after": "3600" } });
    assert.equal((await failureOf(open({ retries: 5 }))).error.code, "model-rate-limited");
    assert.equal(hits(), 1);
  });

  test("an abort ends waiting, streaming and backing off with cancelled", async () => {
    const stop = new AbortController();
    double.fail({ kind: "slow-start", wait: 5_000 });
    setTimeout(() => stop.abort(), 50);
    assert.equal((await failureOf(open(), stop.signal)).error.code, "cancelled");

    const middle = new AbortController();
    double.fail({ kind: "slow-stream", wait: 50 });
    const stream = open().answer(request, middle.signal)[Symbol.asyncIterator]();
    assert.equal((await stream.next()).value, "Hello");
    middle.abort();
    await assert.rejects(async () => stream.next(), { code: "cancelled" });

    const later = new AbortController();
    double.fail({ kind: "status", status: 429, headers: { "retry-after": "5" } });
    setTimeout(() => later.abort(), 50);
    assert.equal((await failureOf(open({ retries: 1 }), later.signal)).error.code, "cancelled");
  });

  test("a listener who leaves in the middle ends the request", async () => {
    double.fail({ kind: "slow-stream", wait: 60 });
    const left = double.left();
    for await (const _piece of open().answer(request)) break;
    await left;
  });

  test("nobody listening is named with the host", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const { error } = await failureOf(open({ url: `http://127.0.0.1:${port}/v1`, retries: 1 }));
    assert.deepEqual(
      [error.code, error.values],
      ["model-unreachable", { host: `127.0.0.1:${port}`, reason: "ECONNREFUSED" }],
    );
  });
});

test("settings that cannot work are refused before anything is asked", () => {
  const settings = { name: "m", timeoutSeconds: 1, retries: 0 } as const;
  assert.throws(() => createLanguageModel({ ...settings, provider: "openai-compatible" }), {
    code: "config-invalid",
  });
  assert.throws(
    () => createLanguageModel({ ...settings, provider: "openai-compatible", url: "localhost" }),
    { code: "config-invalid" },
  );
  assert.throws(() => createLanguageModel({ ...settings, provider: "openai", name: "" }), {
    code: "config-invalid",
  });
});
