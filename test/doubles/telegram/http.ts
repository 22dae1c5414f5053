import type { IncomingMessage, ServerResponse } from "node:http";
import type { Parameters } from "./judge.ts";
import { readForm } from "./multipart.ts";
import { Refusal } from "./objects.ts";
import type { World } from "./world.ts";

/** The parameters of a request: in the address, as JSON, or as a form of either kind. */
export function parametersOf(incoming: IncomingMessage, body: Buffer): Parameters | undefined {
  const query = new URL(incoming.url ?? "/", "http://double").searchParams;
  const given = Object.fromEntries(query);
  const type = incoming.headers["content-type"] ?? "";
  if (body.length === 0) return given;
  if (type.startsWith("multipart/form-data")) {
    const form = readForm(body, type);
    return form && { ...given, ...form };
  }
  if (type.startsWith("application/x-www-form-urlencoded"))
    return { ...given, ...Object.fromEntries(new URLSearchParams(body.toString("utf8"))) };
  try {
    return { ...given, ...(JSON.parse(body.toString("utf8")) as Parameters) };
  } catch {
    return undefined;
  }
}

export function sendFile(response: ServerResponse, world: World, path: string): void {
  const file = [...world.files.values()].find((stored) => stored.path === path);
  if (!file) return sendRefusal(response, new Refusal(404, "Not Found"));
  response.writeHead(200, { "content-type": "application/octet-stream" }).end(file.bytes);
}

export async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

export function sendJson(response: ServerResponse, status: number, body: object): void {
  if (response.destroyed) return;
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

export function sendRefusal(
  response: ServerResponse,
  { status, message, parameters }: Refusal,
): void {
  sendJson(response, status, {
    ok: false,
    error_code: status,
    description: message,
    ...(parameters && { parameters }),
  });
}
