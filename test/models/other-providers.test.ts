import assert from "node:assert/strict";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { createLanguageModel, type ModelSettings } from "../../src/models/provider.ts";

/** One event of a stream; Anthropic names them. */
type StreamEvent = { readonly type?: string; readonly [field: string]: unknown };

/** What each provider streams for "При" + "вет" in its own protocol. */
const streams: Record<"anthropic" | "google", readonly StreamEvent[]> = {
  anthropic: [
    {
      type: "message_start",
      message: {
        id: "m",
        type: "message",
        role: "assistant",
        model: "m",
        content: [],
        stop_reason: null,
        stop_sequence: null,
        usage: { input_tokens: 1, output_tokens: 1 },
      },
    },
    { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
    { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "При" } },
    { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "вет" } },
    { type: "content_block_stop", index: 0 },
    {
      type: "message_delta",
      delta: { stop_reason: "end_turn", stop_sequence: null },
      usage: { output_tokens: 2 },
    },
    { type: "message_stop" },
  ],
  google: [
    { candidates: [{ content: { parts: [{ text: "При" }], role: "model" }, index: 0 }] },
    {
      candidates: [
        { content: { parts: [{ text: "вет" }], role: "model" }, finishReason: "STOP", index: 0 },
      ],
      usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 2, totalTokenCount: 3 },
    },
  ],
};

type Seen = { path: string; headers: IncomingHttpHeaders; body: string };

/** A loopback server that streams the given events, all of them or only the first ones. */
async function serve(
  events: readonly StreamEvent[],
  count = events.length,
): Promise<{ server: Server; url: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  const server = createServer(async (incoming, response) => {
    let body = "";
    for await (const chunk of incoming) body += String(chunk);
    seen.push({ path: incoming.url ?? "", headers: incoming.headers, body });
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (const event of events.slice(0, count)) {
      response.write(
        `${event.type ? `event: ${event.type}\n` : ""}data: ${JSON.stringify(event)}\n\n`,
      );
    }
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, seen };
}

async function answerOf(
  settings: Pick<ModelSettings, "provider" | "url" | "apiKey">,
): Promise<string> {
  const model = createLanguageModel({ ...settings, name: "m", timeoutSeconds: 5, retries: 0 });
  let said = "";
  for await (const piece of model.answer({
    system: "Be kind.",
    messages: [{ role: "user", content: "שלום" }],
  }))
    said += piece;
  return said;
}

const expected = {
  anthropic: { path: "/v1/messages", key: "x-api-key" },
  google: { path: "/v1/models/m:streamGenerateContent?alt=sse", key: "x-goog-api-key" },
} as const;

for (const provider of ["anthropic", "google"] as const) {
  test(`${provider}: streams, with the key and the system prompt in their places`, async () => {
    const { server, url, seen } = await serve(streams[provider]);
    try {
      assert.equal(await answerOf({ provider, url, apiKey: "secret" }), "Привет");
      const [request] = seen;
      assert.deepEqual(
        [request?.path, request?.headers[expected[provider].key]],
        [expected[provider].path, "secret"],
      );
      assert.match(request?.body ?? "", /Be kind\.[\s\S]*שלום|שלום[\s\S]*Be kind\./);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  test(`${provider}: a stream that ends in the middle is garbled`, async () => {
    const { server, url } = await serve(streams[provider], provider === "google" ? 1 : 4);
    try {
      await assert.rejects(answerOf({ provider, url, apiKey: "secret" }), {
        code: "model-garbled",
      });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
}
