import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { openApp } from "../../src/compose.ts";
import { readConfig } from "../../src/config.ts";
import { silentLog } from "../../src/core/log.ts";
import { startOpenAiDouble, type OpenAiDouble } from "../doubles/openai/server.ts";
import { startServer, workFolder, type RunningServer } from "./running-process.ts";

/** The process ends while a language model's answer is on its way. */
describe("stopping while an answer is on its way", () => {
  let model: OpenAiDouble;
  let folder: ReturnType<typeof workFolder>;
  let server: RunningServer;
  before(async () => {
    model = await startOpenAiDouble(() => ["One ", "two ", "three ", "four."]);
  });
  after(() => model.close());
  beforeEach(async () => {
    folder = workFolder();
    server = await startServer(folder.path, undefined, {
      APPRENTICE_MODEL_PROVIDER: "openai-compatible",
      APPRENTICE_MODEL_URL: model.url,
      APPRENTICE_MODEL_NAME: "echo",
    });
  });
  afterEach(() => folder.remove());

  /** Asks over the API, calls `meanwhile` at the first piece, and gives all that came. */
  async function ask(text: string, meanwhile: () => void): Promise<string> {
    const { url } = server;
    const response = await fetch(new URL("/api/messages", url), {
      method: "POST",
      headers: {
        "content-type": "application/json",
        authorization: `Bearer ${url.searchParams.get("token")}`,
      },
      body: JSON.stringify({ id: "message-1", text }),
    });
    let told = "";
    const decoder = new TextDecoder();
    try {
      for await (const piece of response.body!) {
        if (told === "") meanwhile();
        told += decoder.decode(piece as Uint8Array, { stream: true });
      }
    } catch {
      // The connection broke: what came before it counts.
    }
    return told;
  }

  async function storedTurns() {
    const app = await openApp(readConfig(folder.path, {}).config, silentLog);
    try {
      return await app.turns.list("web:local", "web:chat", { limit: 5, unanswered: true });
    } finally {
      await app.close();
    }
  }

  test("SIGTERM lets a running answer end, stores it, and then ends", async () => {
    model.fail({ kind: "slow-stream", wait: 60 });
    let finished: ReturnType<RunningServer["stop"]> | undefined;
    const told = await ask("Count.", () => {
      finished = server.stop();
    });
    assert.match(told, /"kind":"done".*One two three four\./);
    assert.equal((await finished)?.code, 0);
    assert.deepEqual(
      (await storedTurns()).map(({ answer }) => answer),
      ["One two three four."],
    );
  });

  test("after kill -9 in the middle of an answer the question is there, unanswered", async () => {
    model.fail({ kind: "slow-stream", wait: 60 });
    const told = await ask("Count.", () => void server.stop("SIGKILL"));
    await server.finished;
    assert.doesNotMatch(told, /"kind":"done"/);
    const [turn] = await storedTurns();
    assert.deepEqual([turn?.prompt, turn?.answer], ["Count.", null]);
  });
});
