import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { listen, readBody } from "../loopback.ts";
import { chatCompletionJudge } from "./judge.ts";

/** What the server does wrong with one request. */
export type Fault =
  | {
      readonly kind: "status";
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Waits before anything is sent, in milliseconds. */
  | { readonly kind: "slow-start"; readonly wait: number }
  /** Waits before each piece. */
  | { readonly kind: "slow-stream"; readonly wait: number }
  /** Ends politely after so many pieces, without a finish reason. */
  | { readonly kind: "half-stream"; readonly pieces: number }
  /** Breaks the connection after so many pieces. */
  | { readonly kind: "cut"; readonly pieces: number }
  /** Sends what is not JSON after so many pieces. */
  | { readonly kind: "garbage"; readonly pieces: number }
  | { readonly kind: "wrong-type" }
  | { readonly kind: "empty" };

export type ChatRequest = {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly stream?: boolean;
  readonly [field: string]: unknown;
};

export type OpenAiDouble = {
  /** The base URL, with `/v1`. */
  readonly url: string;
  /** The bodies of the chat requests that were right, in order. */
  readonly requests: readonly ChatRequest[];
  /** What was wrong with requests; empty at the end of a good test. */
  readonly complaints: readonly string[];
  /** Chat requests of any kind so far. */
  readonly hits: number;
  readonly lastHeaders: Readonly<Record<string, string | string[] | undefined>>;
  /** The next chat requests go wrong like this, one fault each. */
  fail(...faults: readonly Fault[]): void;
  /** Resolves when the next client goes away before its answer is whole. */
  left(): Promise<void>;
  close(): Promise<void>;
};

/**
 * A server on the loopback address that speaks the OpenAI API: chat completions (whole or streamed)
 * and the list of models. `reply` gives the pieces of each answer. It judges each request and
 * refuses wrong ones with 400, as the real one would.
 */
export async function startOpenAiDouble(
  reply: (request: ChatRequest) => readonly string[] = () => ["Hello", ", ", "мир", " 👋"],
): Promise<OpenAiDouble> {
  const judge = chatCompletionJudge();
  const requests: ChatRequest[] = [];
  const complaints: string[] = [];
  const faults: Fault[] = [];
  const closing = new AbortController();
  let gone = Promise.withResolvers<void>();
  let hits = 0;
  let lastHeaders: OpenAiDouble["lastHeaders"] = {};

  const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = (await readBody(incoming)).toString();
    if (incoming.method === "GET" && incoming.url === "/v1/models") {
      return sendJson(response, 200, {
        object: "list",
        data: [{ id: "echo", object: "model", created: 0, owned_by: "test" }],
      });
    }
    if (incoming.url !== "/v1/chat/completions" || incoming.method !== "POST") {
      complaints.push(`${incoming.method} ${incoming.url}`);
      return sendError(response, 404, "no such operation");
    }
    hits += 1;
    response.on("close", () => {
      if (!response.writableEnded) gone.resolve();
    });
    lastHeaders = incoming.headers;
    const parsed = parse(body);
    const wrong = [
      ...(incoming.headers["content-type"]?.startsWith("application/json")
        ? []
        : ["content type is not JSON"]),
      ...judge(parsed),
    ];
    if (wrong.length > 0) {
      complaints.push(...wrong);
      return sendError(response, 400, wrong.join("; "));
    }
    const request = parsed as ChatRequest;
    requests.push(request);
    const fault = faults.shift();
    if (fault?.kind === "status")
      return sendError(response, fault.status, "as ordered", fault.headers);
    if (fault?.kind === "wrong-type")
      return void response
        .writeHead(200, { "content-type": "text/html" })
        .end("<html>maintenance</html>");
    if (fault?.kind === "slow-start")
      await delay(fault.wait, undefined, { signal: closing.signal });
    const pieces = fault?.kind === "empty" ? [] : reply(request);
    if (request.stream) await sendStream(response, request, pieces, fault, closing.signal);
    else
      sendJson(
        response,
        200,
        completion(
          request,
          {
            message: { role: "assistant", content: pieces.join(""), refusal: null },
            finish_reason: "stop",
            logprobs: null,
          },
          "chat.completion",
        ),
      );
  };

  const server = await listen(answer);
  return {
    url: `${server.origin}/v1`,
    requests,
    complaints,
    get hits() {
      return hits;
    },
    get lastHeaders() {
      return lastHeaders;
    },
    fail: (...more) => void faults.push(...more),
    left() {
      gone = Promise.withResolvers<void>();
      return gone.promise;
    },
    async close() {
      closing.abort();
      await server.close();
    },
  };
}

async function sendStream(
  response: ServerResponse,
  request: ChatRequest,
  pieces: readonly string[],
  fault: Fault | undefined,
  signal: AbortSignal,
): Promise<void> {
  response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
  const send = (choice: object): unknown =>
    response.write(
      `data: ${JSON.stringify(completion(request, choice, "chat.completion.chunk"))}\n\n`,
    );
  send({ delta: { role: "assistant", content: "" }, finish_reason: null });
  const limit = fault && "pieces" in fault ? fault.pieces : pieces.length;
  for (const content of pieces.slice(0, limit)) {
    if (fault?.kind === "slow-stream") await delay(fault.wait, undefined, { signal });
    send({ delta: { content }, finish_reason: null });
  }
  if (fault?.kind === "cut") {
    await delay(20, undefined, { signal });
    return void response.destroy();
  }
  if (fault?.kind === "garbage") return void response.end('data: {"choices": [oops\n\n');
  if (fault?.kind === "half-stream") return void response.end();
  send({ delta: {}, finish_reason: "stop" });
  response.end("data: [DONE]\n\n");
}

const completion = ({ model }: ChatRequest, choice: object, object: string): object => ({
  id: "chatcmpl-1",
  object,
  created: 1,
  model,
  choices: [{ index: 0, ...choice }],
});

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function sendJson(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): void {
  response
    .writeHead(status, { "content-type": "application/json", ...headers })
    .end(JSON.stringify(body));
}

const sendError = (
  response: ServerResponse,
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): void =>
  sendJson(
    response,
    status,
    { error: { message, type: "invalid_request_error", param: null, code: null } },
    headers,
  );
