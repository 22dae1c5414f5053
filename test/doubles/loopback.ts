import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** One request as it came over the wire. */
export type Incoming = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
};

export type Outgoing = {
  readonly status: number;
  readonly json?: unknown;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The connection breaks instead of an answer. */
  readonly cut?: true;
  /** No answer comes at all. */
  readonly silent?: true;
};

/** What a server does wrong with the next request to an operation, e.g. `POST /files`. */
export type Mishap = Partial<Outgoing> & {
  readonly on: string;
  /** The request is carried out all the same: only the answer is lost. */
  readonly carriedOut?: true;
};

export type Loopback = {
  readonly url: string;
  /** Every request, as `METHOD /path`. */
  readonly calls: readonly string[];
  fail(...mishaps: readonly Mishap[]): void;
  close(): Promise<void>;
};

/** A server on the loopback address; closing it breaks what is still open. */
export async function listen(
  answer: (incoming: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<{ readonly origin: string; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer((incoming, response) => {
    answer(incoming, response).catch(() => response.destroy());
  });
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export async function readBody(incoming: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** A server on the loopback address, under `/v1`, whose answers are whole. */
export async function startLoopback(
  answer: (incoming: Incoming, self: string) => Promise<Outgoing> | Outgoing,
): Promise<Loopback> {
  const calls: string[] = [];
  const mishaps: Mishap[] = [];
  let url = "";
  const handle = async (request: IncomingMessage): Promise<Outgoing> => {
    const body = await readBody(request);
    const { pathname, searchParams } = new URL(request.url ?? "", url);
    const path = pathname.replace(/^\/v1/, "");
    const name = `${request.method} ${path}`;
    calls.push(name);
    const incoming: Incoming = {
      method: request.method ?? "",
      path,
      query: searchParams,
      headers: request.headers as Record<string, string | undefined>,
      body,
    };
    const index = mishaps.findIndex(({ on }) => name.startsWith(on));
    const [mishap] = index < 0 ? [] : mishaps.splice(index, 1);
    if (!mishap) return answer(incoming, url);
    if (mishap.carriedOut) await answer(incoming, url);
    return { status: 500, ...mishap };
  };
  const server = await listen(async (request, response) => {
    const { status, json, text, headers, cut, silent } = await handle(request);
    if (silent) return;
    if (cut) return void response.destroy();
    response
      .writeHead(status, {
        "content-type": json === undefined ? "text/plain" : "application/json",
        ...headers,
      })
      .end(json === undefined ? (text ?? "") : JSON.stringify(json));
  });
  url = `${server.origin}/v1`;
  return { url, calls, fail: (...more) => void mishaps.push(...more), close: server.close };
}
