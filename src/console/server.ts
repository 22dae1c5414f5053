import { once } from "node:events";
import type { Server } from "node:http";
import { isIPv6, type AddressInfo } from "node:net";
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
/** How long a running answer may go on after `stop`. */
const graceMilliseconds = 3000;

export function createConsole(parts: ConsoleParts): Console {
  const stopping = new AbortController();
  const app = consoleApp({ ...parts, stopping: stopping.signal });
  const server = createAdaptorServer({
    fetch: app.fetch,
    overrideGlobalObjects: false,
    // Its type is looser about missing options than ours allows.
    websocket: {
      server: new WebSocketServer({ noServer: true, maxPayload: longestFrame }) as never,
    },
  }) as Server;
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
