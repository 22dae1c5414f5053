import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { startLoopback, type Incoming, type Loopback, type Outgoing } from "../loopback.ts";

export type ModelServer = Loopback & {
  /** The models that it answers with, by name: what they were made of. */
  readonly models: ReadonlyMap<string, unknown>;
  /** Forgets all it was told to load. */
  restart(): void;
};

const refuse = (status: number, message: string): Outgoing => ({
  status,
  json: { error: { message, type: "BadRequestError", code: status } },
});

/** An answer that names the model it comes from. */
function streamed(model: string): Outgoing {
  const chunk = (delta: object, finish: "stop" | null) => ({
    id: "chatcmpl-1",
    object: "chat.completion.chunk",
    created: 0,
    model,
    choices: [{ index: 0, delta, finish_reason: finish }],
  });
  const chunks = [chunk({ role: "assistant", content: `I am ${model}` }, null), chunk({}, "stop")];
  const events = [...chunks.map((each) => JSON.stringify(each)), "[DONE]"];
  return {
    status: 200,
    headers: { "content-type": "text/event-stream" },
    text: events.map((event) => `data: ${event}\n\n`).join(""),
  };
}

/** vLLM's loading of adapters, as vllm/entrypoints/serve/lora/api_router.py has it. */
export async function startVllm(base = "tiny"): Promise<ModelServer> {
  const models = new Map<string, unknown>([[base, null]]);
  const answer = ({ method, path, body }: Incoming): Outgoing => {
    if (method === "GET" && path === "/models") {
      const data = [...models.keys()].map((id) => ({ id, object: "model", parent: base }));
      return { status: 200, json: { object: "list", data } };
    }
    if (method === "POST" && path === "/chat/completions") {
      const { model, stream } = JSON.parse(body.toString("utf8")) as Record<string, unknown>;
      if (!models.has(String(model)))
        return refuse(404, `The model \`${String(model)}\` does not exist.`);
      return stream ? streamed(String(model)) : refuse(400, "This double only streams.");
    }
    const request = JSON.parse(body.toString("utf8")) as Record<string, string>;
    const { lora_name: name, lora_path: folder } = request;
    if (path === "/load_lora_adapter" && method === "POST") {
      if (!name || !folder)
        return refuse(400, "Both 'lora_name' and 'lora_path' must be provided.");
      if (models.has(name))
        return refuse(400, `The lora adapter '${name}' has already been loaded.`);
      if (!existsSync(join(folder, "adapter_config.json"))) return refuse(404, "No adapter found");
      models.set(name, folder);
      return { status: 200, text: `Success: LoRA adapter '${name}' added successfully.` };
    }
    if (path === "/unload_lora_adapter" && method === "POST") {
      if (!models.delete(name ?? ""))
        return refuse(404, `The lora adapter '${name}' cannot be found.`);
      return { status: 200, text: `Success: LoRA adapter '${name}' removed successfully.` };
    }
    return refuse(404, "Not Found");
  };
  const loopback = await startLoopback(answer);
  return {
    ...loopback,
    url: loopback.url.replace("/v1", ""),
    models,
    restart: forget(models, base),
  };
}

/** Ollama's blobs and creation of models: https://github.com/ollama/ollama/blob/main/docs/api.md */
export async function startOllama(base = "tiny"): Promise<ModelServer> {
  const models = new Map<string, unknown>([[`${base}:latest`, null]]);
  const blobs = new Set<string>();
  const answer = ({ method, path, body }: Incoming): Outgoing => {
    const [, digest] = /^\/api\/blobs\/(sha256:[0-9a-f]{64})$/.exec(path) ?? [];
    if (digest && method === "HEAD") return { status: blobs.has(digest) ? 200 : 404 };
    if (digest && method === "POST") {
      const actual = `sha256:${createHash("sha256").update(body).digest("hex")}`;
      if (actual !== digest) return { status: 400, json: { error: "digest mismatch" } };
      blobs.add(digest);
      return { status: 201 };
    }
    if (path === "/api/tags" && method === "GET") {
      return { status: 200, json: { models: [...models.keys()].map((name) => ({ name })) } };
    }
    const request = JSON.parse(body.toString("utf8")) as Record<string, unknown>;
    const name = `${String(request["model"])}:latest`;
    if (path === "/api/delete" && method === "DELETE") {
      return models.delete(name) ? { status: 200 } : { status: 404, json: { error: "not found" } };
    }
    if (path === "/api/create" && method === "POST") {
      const adapters = request["adapters"] as Record<string, string>;
      if (!models.has(`${String(request["from"])}:latest`)) {
        return { status: 404, json: { error: "pull model manifest: file does not exist" } };
      }
      const isWhole = Object.values(adapters).every((blob) => blobs.has(blob));
      if (!isWhole) return { status: 400, json: { error: "blob not found" } };
      if (request["stream"] !== false) return { status: 500, json: { error: "not here" } };
      models.set(name, Object.keys(adapters));
      return { status: 200, json: { status: "success" } };
    }
    return { status: 404 };
  };
  const loopback = await startLoopback(answer);
  return {
    ...loopback,
    url: loopback.url.replace("/v1", ""),
    models,
    restart: forget(models, `${base}:latest`),
  };
}

const forget = (models: Map<string, unknown>, base: string) => (): void => {
  models.clear();
  models.set(base, null);
};
