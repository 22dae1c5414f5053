import { createHash, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Update } from "grammy/types";
import { ApprenticeError } from "../../core/errors.ts";
import type { Log } from "../../core/log.ts";
import type { WebhookSettings } from "./parts.ts";

/** Updates are small; anything larger comes from somebody else. In bytes. */
const largestBody = 1024 * 1024;

/** Milliseconds that a request may take to arrive. */
const patience = 10_000;

const turnedAway = { connection: "close" } as const;

export type Webhook = { close(): Promise<void> };

/**
 * Listens for Telegram's calls. Only those that carry the secret are read; one counts as received when
 * `take` has resolved. Throws `telegram-webhook` when it cannot listen.
 */
export async function listenForWebhook(
  { url, host, port, secret }: WebhookSettings,
  take: (update: Update) => Promise<void>,
  log: Log,
): Promise<Webhook> {
  const path = new URL(url).pathname;
  const answer = async (incoming: IncomingMessage): Promise<number> => {
    if (incoming.method !== "POST" || incoming.url !== path) return 404;
    const given = incoming.headers["x-telegram-bot-api-secret-token"];
    if (!isSame(String(given ?? ""), secret)) {
      log.warn("A webhook call without Telegram's secret was turned away");
      return 401;
    }
    const update = readUpdate(await readBody(incoming));
    if (!update) return 400;
    await take(update);
    return 200;
  };
  const server = createServer((incoming, response: ServerResponse) => {
    answer(incoming)
      .catch((error: unknown) => {
        log.error("A webhook call could not be taken", { error });
        return 500;
      })
      // What was turned away may not have been read to its end.
      .then((status) => response.writeHead(status, status === 200 ? {} : turnedAway).end())
      .catch(() => response.destroy());
  });
  server.requestTimeout = patience;
  server.headersTimeout = patience;
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const reason = error.code ?? "EACCES";
      reject(new ApprenticeError("telegram-webhook", { host, port, reason }, { cause: error }));
    });
    server.listen(port, host, resolve);
  });
  return {
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Compares without telling by the time it takes how much was right. */
function isSame(given: string, secret: string): boolean {
  const hash = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(given), hash(secret));
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    size += (chunk as Buffer).length;
    if (size > largestBody) return "";
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function readUpdate(body: string): Update | undefined {
  try {
    const update = JSON.parse(body) as Update;
    return Number.isSafeInteger(update.update_id) ? update : undefined;
  } catch {
    return undefined;
  }
}
