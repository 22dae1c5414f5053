import { openAsBlob } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { ApprenticeError } from "../../core/errors.ts";
import { isMissing } from "../trainers/hosted/provider-client.ts";
import { readReply } from "../trainers/hosted/read-reply.ts";
import {
  createServingClient,
  reached,
  rootOf,
  served,
  type ServingSettings,
} from "./serving-request.ts";
import type { Serving } from "./serving.ts";

const tagList = z.object({ models: z.array(z.object({ name: z.string() })) });
const created = z.object({ status: z.string().optional(), error: z.string().optional() });

export type OllamaOptions = ServingSettings & {
  /** Ollama's name of the model that adapters are for. */
  readonly base: string;
};

/**
 * Ollama makes a model of its own of a base and an adapter: the files are sent as blobs, then put
 * together. https://github.com/ollama/ollama/blob/main/docs/api.md
 */
export function createOllamaServing(options: OllamaOptions): Serving {
  const client = createServingClient(options);
  const { host } = client;
  const isServed = async (name: string): Promise<boolean> => {
    const answer = await served(host, client.json({ method: "GET", path: "/api/tags" }));
    const { models } = readReply(tagList, answer, host);
    return models.some((model) => model.name === name || model.name === `${name}:latest`);
  };
  const sendBlob = async (path: string, digest: string, bytes: number): Promise<void> => {
    const blob = `/api/blobs/${digest}`;
    const isThere = await client.head({ method: "HEAD", path: blob }).then(
      () => true,
      (error: unknown) => {
        if (isMissing(error)) return false;
        throw error;
      },
    );
    if (isThere) return;
    await client.head({ method: "POST", path: blob, body: () => openAsBlob(path), bytes });
  };
  const create = async (name: string, adapters: Readonly<Record<string, string>>) => {
    const json = { model: name, from: options.base, adapters, stream: false };
    const answer = await client.json({ method: "POST", path: "/api/create", json, once: true });
    const { status, error } = readReply(created, answer, host);
    if (error !== undefined || status !== "success") {
      const reason = error ?? status ?? "?";
      throw new ApprenticeError("serving-failed", { host, reason });
    }
  };
  return {
    host,
    check: () => reached(host, client.json({ method: "GET", path: "/api/tags" })),
    async serve({ folder, files }, name) {
      if (!(await isServed(name))) {
        const adapter = files.filter(({ path }) => /^adapter_(config\.json|model\.)/.test(path));
        const adapters: Record<string, string> = {};
        for (const { path, sha256, bytes } of adapter) {
          adapters[path] = `sha256:${sha256}`;
          await served(host, sendBlob(join(folder, path), adapters[path], bytes));
        }
        await served(host, create(name, adapters));
      }
      return { provider: "openai-compatible", url: `${rootOf(options.url)}/v1`, name };
    },
    async withdraw(name) {
      const asked = client.head({ method: "DELETE", path: "/api/delete", json: { model: name } });
      await served(
        host,
        asked.catch((error: unknown) => {
          if (!isMissing(error)) throw error;
        }),
      );
    },
  };
}
