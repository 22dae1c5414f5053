/**
 * Answers with trained adapters, as a vLLM server would: `node serve.mjs [PORT]`. Adapters are loaded and
 * unloaded while it runs; each is asked by its name through OpenAI's chat completions.
 */
import { createServer } from "node:http";
import { answer, loadAdapter } from "./model.mjs";

const adapters = new Map();

const server = createServer(async (request, response) => {
  const send = (status, body, type = "application/json") =>
    response.writeHead(status, { "content-type": type }).end(body);
  const refuse = (status, message) =>
    send(status, JSON.stringify({ error: { message, type: "BadRequestError", code: status } }));
  try {
    const body = await readJson(request);
    switch (`${request.method} ${request.url}`) {
      case "GET /v1/models":
        return send(200, JSON.stringify({ object: "list", data: listed() }));
      case "POST /v1/load_lora_adapter":
        if (adapters.has(body.lora_name)) return refuse(400, "It has already been loaded.");
        adapters.set(body.lora_name, loadAdapter(body.lora_path));
        return send(200, "Success: the adapter was added.", "text/plain");
      case "POST /v1/unload_lora_adapter":
        if (!adapters.delete(body.lora_name)) return refuse(404, "There is no such adapter.");
        return send(200, "Success: the adapter was removed.", "text/plain");
      case "POST /v1/chat/completions": {
        const adapter = adapters.get(body.model);
        if (!adapter) return refuse(404, `The model ${body.model} does not exist.`);
        const said = answer(adapter, body.messages.at(-1).content);
        if (!body.stream) return send(200, JSON.stringify(completion(body.model, said)));
        return send(200, streamed(body.model, said), "text/event-stream");
      }
      default:
        return refuse(404, "Not found.");
    }
  } catch (error) {
    return refuse(400, error.message);
  }
});
server.listen(Number(process.argv[2] ?? 8000), "127.0.0.1", () => {
  process.stdout.write(`http://127.0.0.1:${server.address().port}\n`);
});

const listed = () => [...adapters.keys()].map((id) => ({ id, object: "model", parent: "tiny" }));

const choice = (object, model, part) => ({
  id: "chatcmpl-1",
  object,
  created: Math.floor(Date.now() / 1000),
  model,
  choices: [{ index: 0, ...part }],
});

const completion = (model, content) =>
  choice("chat.completion", model, {
    message: { role: "assistant", content },
    finish_reason: "stop",
  });

const streamed = (model, content) =>
  [
    { delta: { role: "assistant", content }, finish_reason: null },
    { delta: {}, finish_reason: "stop" },
  ]
    .map((part) => `data: ${JSON.stringify(choice("chat.completion.chunk", model, part))}\n\n`)
    .concat("data: [DONE]\n\n")
    .join("");

async function readJson(request) {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += chunk;
  return text === "" ? undefined : JSON.parse(text);
}
