import assert from "node:assert/strict";
import { test } from "node:test";
import { examineModel } from "../../src/models/examine.ts";
import { startLoopback, type Outgoing } from "../doubles/loopback.ts";

const secret = "sk-very-secret";

async function examine(answer: Outgoing) {
  const server = await startLoopback(() => answer);
  try {
    const finding = await examineModel({
      provider: "openai-compatible",
      name: "m",
      url: server.url,
      apiKey: secret,
      timeoutSeconds: 10,
      retries: 3,
    });
    return { finding, calls: server.calls };
  } finally {
    await server.close();
  }
}

test("doctor tells a refused key from a wrong path, a full queue and a broken server", async () => {
  const states = { 401: "key", 404: "path", 429: "busy", 400: "refused", 500: "failed" } as const;
  for (const [status, state] of Object.entries(states)) {
    const json = { error: { message: `No.\nYour key ${secret} is ${"x".repeat(500)}` } };
    const { finding, calls } = await examine({ status: Number(status), json });
    assert.ok("sentence" in finding, status);
    assert.deepEqual([finding.state, finding.status], [state, Number(status)]);
    assert.match(finding.sentence, /^No\. Your key … is x{20,}/);
    assert.ok(finding.sentence.length <= 200);
    assert.deepEqual(calls, ["POST /chat/completions"], "one request, whatever comes back");
  }
});

test("doctor does not tick a web page as a language model, nor show it", async () => {
  const page = { text: "<html>Welcome</html>", headers: { "content-type": "text/html" } };
  assert.deepEqual((await examine({ status: 200, ...page })).finding, { state: "not-a-model" });
  assert.deepEqual((await examine({ status: 404, ...page })).finding, {
    state: "path",
    status: 404,
    sentence: "",
  });
});

test("doctor ticks a language model that answers", async () => {
  const piece = { choices: [{ index: 0, delta: { content: "Hi" }, finish_reason: null }] };
  const end = { choices: [{ index: 0, delta: {}, finish_reason: "stop" }] };
  const text = [piece, end].map((each) => `data: ${JSON.stringify(each)}\n\n`).join("");
  const headers = { "content-type": "text/event-stream" };
  const { finding } = await examine({ status: 200, text: `${text}data: [DONE]\n\n`, headers });
  assert.deepEqual(finding, { state: "answers" });
});
