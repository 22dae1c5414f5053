import { hc } from "hono/client";
import type { ChatEvent } from "../../core/chat.ts";
import type { Api } from "../app.ts";
import type { Failure } from "../failures.ts";
import type { CommandCall } from "../../core/message.ts";
import type { JobLine } from "../routes/job-routes.ts";
import type { ImportEvent } from "../routes/file-routes.ts";
import type { ChosenColumns } from "./column-chooser.tsx";
import { jsonLines } from "./json-lines.ts";

/** What the server refused, in its own words. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly failure: Failure;
  readonly status: number;

  constructor(failure: Failure, status: number) {
    super(failure.text);
    this.failure = failure;
    this.status = status;
  }
}

/** The server cannot be reached. */
export class ConnectionLost extends Error {
  override readonly name = "ConnectionLost";
}

/** `fetch` that asks for the language of the page and throws `Refusal` or `ConnectionLost`. */
async function request(input: RequestInfo | URL, options: RequestInit = {}): Promise<Response> {
  const headers = new Headers(options.headers);
  headers.set("accept-language", document.documentElement.lang);
  const response = await fetch(input, { ...options, headers }).catch((thrown: unknown) => {
    throw options.signal?.aborted ? thrown : new ConnectionLost();
  });
  if (response.ok) return response;
  const body = (await response.json().catch(() => ({}))) as { error?: Failure };
  if (!body.error) throw new ConnectionLost();
  throw new Refusal(body.error, response.status);
}

/** The console's API, typed by the server's routes. */
export const api = hc<Api>("/api", { fetch: request });

export type OutgoingMessage = {
  readonly id: string;
  readonly text: string;
  readonly files: readonly File[];
  /** A button that was pressed; `text` is what it says. */
  readonly call?: CommandCall;
};

/** Sends a message and yields the events of its answer. */
export async function* sendMessage(
  { id, text, files, call }: OutgoingMessage,
  signal: AbortSignal,
): AsyncGenerator<ChatEvent> {
  const message = JSON.stringify(call ? { id, text: "", call } : { id, text });
  const form = new FormData();
  form.set("message", message);
  for (const file of files) form.append("files", file);
  yield* stream<ChatEvent>("/api/messages", {
    signal,
    ...(files.length > 0
      ? { body: form }
      : { body: message, headers: { "content-type": "application/json" } }),
  });
}

/** Teaches a knowledge file, of a table the columns that were chosen, and yields how far it is. */
export function importFile(
  file: File,
  columns: ChosenColumns,
  signal: AbortSignal,
): AsyncGenerator<ImportEvent | Broken> {
  const body = new FormData();
  body.set("file", file);
  for (const [role, name] of Object.entries(columns)) body.set(role, name);
  return stream<ImportEvent | Broken>("/api/import", { body, signal });
}
/** A job as it goes on, with what happened since the line before. */
export const followJob = (
  id: string,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<JobLine | Broken> =>
  stream<JobLine | Broken>(`/api/jobs/${id}/follow?after=${after}`, { method: "GET", signal });

export type Broken = { readonly kind: "error" } & Failure;

async function* stream<Line>(path: string, options: RequestInit): AsyncGenerator<Line> {
  const response = await request(path, { method: "POST", ...options });
  try {
    if (response.body) yield* jsonLines<Line>(response.body);
  } catch (thrown) {
    if (options.signal?.aborted) throw thrown;
    throw new ConnectionLost();
  }
}
