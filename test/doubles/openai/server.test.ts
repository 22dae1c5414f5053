import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { judgeMissing } from "./judge.ts";
import { startOpenAiDouble, type OpenAiDouble } from "./server.ts";

const good = { model: "echo", messages: [{ role: "user", content: "hi" }] };

/** Requests that a real server refuses. A double that takes one of them proves nothing. */
const bad: Record<string, object> = {
  "no model": { messages: good.messages },
  "no messages": { model: "echo" },
  "empty messages": { ...good, messages: [] },
  "an unknown role": { ...good, messages: [{ role: "person", content: "hi" }] },
  "content that is a number": { ...good, messages: [{ role: "user", content: 7 }] },
  "no content": { ...good, messages: [{ role: "user" }] },
  "stream as a word": { ...good, stream: "yes" },
  "an answer as the last message": {
    ...good,
    messages: [...good.messages, { role: "assistant", content: "a" }],
  },
};
/** Seen only by the official description. */
const badByDescription: Record<string, object> = {
  "a temperature of 3": { ...good, temperature: 3 },
  "a misspelt field": { ...good, max_token: 5 },
  "tokens as text": { ...good, max_completion_tokens: "many" },
};

describe("the OpenAI double", () => {
  let double: OpenAiDouble;
  before(async () => {
    double = await startOpenAiDouble();
  });
  after(() => double.close());

  const post = (body: string, type = "application/json"): Promise<Response> =>
    fetch(`${double.url}/chat/completions`, {
      method: "POST",
      body,
      headers: { "content-type": type },
    });

  test("refuses every request known to be wrong", async (context) => {
    if (judgeMissing !== undefined) context.diagnostic(judgeMissing);
    const cases = { ...bad, ...(judgeMissing === undefined ? badByDescription : {}) };
    for (const [name, body] of Object.entries(cases)) {
      const response = await post(JSON.stringify(body));
      await response.text();
      assert.equal(response.status, 400, name);
    }
    assert.equal((await post("{")).status, 400);
    assert.equal((await post(JSON.stringify(good), "text/plain")).status, 400);
    assert.equal(double.requests.length, 0);
  });

  test("answers a right one, whole or in pieces, and lists its models", async () => {
    const whole = (await (await post(JSON.stringify(good))).json()) as {
      choices: { message: { content: string } }[];
    };
    assert.equal(whole.choices[0]?.message.content, "Hello, мир 👋");
    const streamed = await (await post(JSON.stringify({ ...good, stream: true }))).text();
    assert.match(
      streamed,
      /"content":"мир"[\s\S]*"finish_reason":"stop"[\s\S]*data: \[DONE\]\n\n$/,
    );
    const models = (await (await fetch(`${double.url}/models`)).json()) as {
      data: { id: string }[];
    };
    assert.deepEqual(
      models.data.map(({ id }) => id),
      ["echo"],
    );
  });
});
