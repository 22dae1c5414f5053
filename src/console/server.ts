import { once } from "node:events";
import type { Server } from "node:http";
import { isIPv6, type AddressInfo, type Socket } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { WebSocketServer } from "ws";
import { sleep } from "../core/clock.ts";
import { ApprenticeError } from "../core/errors.ts";
import { consoleApp } from "./app.ts";
import type { ConsoleAddress, ConsoleParts } from "./parts.ts";

/** The local web console. */
export type Console = {
  /** Listens. `url` carries the token. Throws `console-port-in-use`, `console-unavailable`. */
  start(): Promise<{ readonly url: string; readonly port: number }>;
  /** Takes no new requests, lets running answers end for a moment, then cuts them. */
  stop(): Promise<void>;
};

/** The longest message of a page that talks, in bytes. */
const longestFrame = 4_096;
/** Open connections in all, and of one address: a proxy is one address for everybody behind it. */
const maxConnections = 1_024;
const maxConnectionsPerAddress = 512;
/** How long the head of a request may take to come, and the whole of it, in milliseconds. */
const headersTimeout = 10_000;
const requestTimeout = 10 * 60_000;
/** How long a running answer may go on after `stop`. */
const graceMilliseconds = 3000;

export function createConsole(parts: ConsoleParts): Console {
  const stopping = new AbortController();
  const app = consoleApp({ ...parts, stopping: stopping.signal });
  const server = createAdaptorServer({
    fetch: app.fetch,
    overrideGlobalObjects: false,
    serverOptions: { headersTimeout, requestTimeout, connectionsCheckingInterval: 2_000 },
    // Its type is looser about missing options than ours allows.
    websocket: {
      server: new WebSocketServer({ noServer: true, maxPayload: longestFrame }) as never,
    },
  }) as Server;
  limitConnections(server);
  // While stopping, a connection is of no use once its answer is out.
  server.on("request", (_request, response) =>
    response.once("close", () => {
      if (!server.listening) setImmediate(() => server.closeIdleConnections());
    }),
  );
  // A failed build of the pages is told to who opens one.
  Promise.resolve(parts.pagesFolder).catch((error: unknown) => {
    parts.log.error("Console pages missing", { error });
  });
  return {
    async start() {
      const { host, port, token } = parts.address;
      const listening = once(server, "listening");
      server.listen(port, host);
      await listening.catch((thrown: unknown) => {
        throw asListenError(thrown, parts.address);
      });
      const { port: taken } = server.address() as AddressInfo;
      const url = `http://${shownHost(host)}:${taken}/?token=${encodeURIComponent(token)}`;
      return { url, port: taken };
    },
    async stop() {
      if (!server.listening) return;
      const closed = once(server, "close");
      server.close();
      server.closeIdleConnections();
      const waiting = new AbortController();
      const cut = sleep(graceMilliseconds, waiting.signal).then(
        () => {
          stopping.abort();
          server.closeAllConnections();
        },
        () => undefined,
      );
      await closed;
      waiting.abort();
      await cut;
    },
  };
}

/** Refuses connections beyond what people with browsers need, so that nobody starves the process. */
function limitConnections(server: Server): void {
  server.maxConnections = maxConnections;
  const open = new Map<string, number>();
  server.on("connection", (socket: Socket) => {
    const address = socket.remoteAddress ?? "?";
    const count = (open.get(address) ?? 0) + 1;
    open.set(address, count);
    socket.once("close", () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left > 0) open.set(address, left);
      else open.delete(address);
    });
    if (count > maxConnectionsPerAddress) socket.destroy();
  });
}

/** A browser cannot open the address that means "all"; this machine is one of them. */
function shownHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return isIPv6(host) ? `[${host}]` : host;
}

function asListenError(thrown: unknown, { host, port }: ConsoleAddress): unknown {
  const { code, syscall } = thrown as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) return thrown;
  const options = { cause: thrown };
  const place = { host, port: String(port) };
  return code === "EADDRINUSE"
    ? new ApprenticeError("console-port-in-use", { ...place }, options)
    : new ApprenticeError("console-unavailable", { ...place, reason: code }, options);
}
