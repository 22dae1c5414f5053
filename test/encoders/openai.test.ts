import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { createBreaker } from "../../src/encoders/openai/breaker.ts";
import { createEmbeddings } from "../../src/encoders/openai/embeddings.ts";
import {
  startEmbeddingsDouble,
  type EmbeddingsDouble,
} from "../doubles/openai/embeddings-server.ts";

describe("embeddings of a server", () => {
  let server: EmbeddingsDouble;
  before(async () => {
    server = await startEmbeddingsDouble();
  });
  after(() => server.close());
  const place = (more = {}) => ({
    url: server.url,
    model: "test-embed",
    apiKey: "key",
    timeoutSeconds: 5,
    ...more,
  });

  test("many texts are asked for in batches, and come back in their order", async () => {
    const encode = createEmbeddings(place());
    const texts = Array.from({ length: 130 }, (_, at) => `question ${at}`);
    const vectors = await encode(texts);
    assert.deepEqual(
      server.asked.slice(-3).map(({ length }) => length),
      [64, 64, 2],
    );
    assert.deepEqual(vectors[77], (await encode(["question 77"]))[0]);
  });

  test("a busy server is asked once more, and not again after that", async () => {
    server.fail({ on: "POST", status: 503 });
    await createEmbeddings(place())(["one more"]);
    server.fail({ on: "POST", status: 503 }, { on: "POST", status: 503 });
    const calls = server.calls.length;
    await assert.rejects(createEmbeddings(place())(["busy"]), { code: "encoder-refused" });
    assert.equal(server.calls.length, calls + 2);
  });

  test("a wrong key, half an answer, nonsense and silence are told apart", async () => {
    await assert.rejects(createEmbeddings(place({ apiKey: "wrong" }))(["x"]), {
      code: "encoder-refused",
    });
    server.fail({ on: "POST", status: 200, json: { data: [] } });
    await assert.rejects(createEmbeddings(place())(["x"]), { code: "encoder-garbled" });
    server.fail({ on: "POST", status: 200, text: "<html>" });
    await assert.rejects(createEmbeddings(place())(["x"]), { code: "encoder-garbled" });
    server.fail({ on: "POST", silent: true });
    await assert.rejects(createEmbeddings(place({ timeoutSeconds: 1 }))(["x"]), {
      code: "encoder-timeout",
    });
    await assert.rejects(createEmbeddings(place({ url: "http://127.0.0.1:9/v1" }))(["x"]), {
      code: "encoder-unreachable",
    });
  });

  test("a server that is away is left alone for a while, then tried again", async () => {
    let now = 0;
    const encode = createEmbeddings(
      place(),
      createBreaker(() => now),
    );
    const broken = { on: "POST", status: 400 } as const;
    server.fail(broken, broken, broken);
    for (let times = 0; times < 3; times++)
      await assert.rejects(encode(["x"]), { code: "encoder-refused" });
    const calls = server.calls.length;
    await assert.rejects(encode(["x"]), { code: "encoder-refused" });
    assert.equal(server.calls.length, calls);
    now = 31_000;
    assert.equal((await encode(["x"])).length, 1);
  });

  test("whoever no longer waits is not answered", async () => {
    const stopping = new AbortController();
    server.fail({ on: "POST", silent: true });
    const asking = createEmbeddings(place())(["x"], stopping.signal);
    setTimeout(() => stopping.abort(new Error("enough")), 50);
    await assert.rejects(asking, { message: "enough" });
  });
});
