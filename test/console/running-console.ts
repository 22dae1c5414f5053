import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { ConsoleParts } from "../../src/console/parts.ts";
import { createConsole } from "../../src/console/server.ts";
import { scriptedParts, token, type Script } from "./scripted-parts.ts";

export type RunningConsole = {
  /** Without the token, e.g. `http://127.0.0.1:4567`. */
  readonly origin: string;
  readonly url: string;
  readonly script: Script;
  stop(): Promise<void>;
  /** A request with the token, as a program sends it. */
  fetch(path: string, options?: RequestInit): Promise<Response>;
  /** A request with exactly these headers and this path, as no browser would send it. */
  raw(options: {
    readonly method?: string;
    readonly path: string;
    readonly headers?: Record<string, string>;
    readonly body?: string;
  }): Promise<{ status: number; headers: Record<string, unknown>; body: string }>;
};

/** A console on a free port with two small pages; it ends with the test. */
export async function runConsole(
  test: TestContext,
  change: (parts: ConsoleParts) => ConsoleParts = (parts) => parts,
): Promise<RunningConsole> {
  const folder = await mkdtemp(join(tmpdir(), "apprentice-console-"));
  await mkdir(join(folder, "dist", "assets"), { recursive: true });
  await writeFile(join(folder, "secret.txt"), "secret");
  await writeFile(join(folder, "dist", "index.html"), `<meta name="csp-nonce" content="{nonce}">`);
  await writeFile(join(folder, "dist", "assets", "main-abc123.js"), "export {};");
  const { parts, script } = scriptedParts(join(folder, "dist"));
  const console = createConsole(change(parts));
  const { url } = await console.start();
  test.after(async () => {
    await console.stop();
    await rm(folder, { recursive: true });
  });
  const { origin } = new URL(url);
  return {
    origin,
    url,
    script,
    stop: () => console.stop(),
    fetch: (path, options = {}) =>
      fetch(`${origin}${path}`, {
        ...options,
        headers: { authorization: `Bearer ${token}`, ...(options.headers as object) },
      }),
    raw: ({ method = "GET", path, headers = {}, body }) =>
      new Promise((resolve, reject) => {
        const { port } = new URL(origin);
        const outgoing = request(
          { host: "127.0.0.1", port, method, path, headers, agent: false },
          (incoming) => {
            let text = "";
            incoming.setEncoding("utf8");
            incoming.on("data", (piece: string) => (text += piece));
            incoming.on("end", () =>
              resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: text }),
            );
          },
        );
        outgoing.on("error", reject);
        outgoing.end(body);
      }),
  };
}

/** The options of a request with a JSON body. */
export const json = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json", ...headers },
  body: JSON.stringify(body),
});

/** The JSON lines of a response. */
export async function linesOf(response: Response): Promise<Record<string, unknown>[]> {
  const text = await response.text();
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
