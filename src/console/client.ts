import { hc } from "hono/client";
import type { AskAnswer } from "../core/ask.ts";
import type { WholeFile } from "../core/attachment.ts";
import { ApprenticeError, errorCodes, type ErrorCode } from "../core/errors.ts";
import type { Language } from "../core/language.ts";
import type { Json, Reply } from "../core/reply.ts";
import type { KnowledgeFile } from "../learning/preview-file.ts";
import type { Receipt } from "../learning/teaching.ts";
import type { Api } from "./app.ts";
import { jsonLines } from "./pages/json-lines.ts";
import type { ImportEvent } from "./routes/file-routes.ts";
import type { JobLine, ShownJob } from "./routes/job-routes.ts";

/** What a program on this machine asks a running console. */
export type ConsoleClient = {
  runCommand(
    name: string,
    values: Readonly<Record<string, Json>>,
    files?: readonly WholeFile[],
  ): Promise<Reply>;
  ask(prompts: readonly string[]): Promise<readonly AskAnswer[]>;
  importFile(
    file: KnowledgeFile,
    progress: (done: number, total: number) => void,
  ): Promise<{ readonly receipt: Receipt } | { readonly jobId: string }>;
  /** All active examples as JSON Lines, in pieces of any size. */
  exportExamples(): AsyncIterable<string>;
  /** A job as it goes on, until it has ended. */
  followJob(id: string): AsyncIterable<{ readonly job: ShownJob }>;
};

/**
 * Speaks to the console at `address` (its URL with the token), for one workspace. Refusals come back
 * as the `ApprenticeError` they were.
 */
export function createConsoleClient(
  address: URL,
  options: {
    readonly workspace: string;
    readonly room: string;
    readonly language: Language;
    readonly signal: AbortSignal;
  },
): ConsoleClient {
  const { workspace, room, language, signal } = options;
  const headers = {
    authorization: `Bearer ${address.searchParams.get("token")}`,
    "accept-language": language,
  };
  const request = async (
    input: string | URL | Request,
    init: RequestInit = {},
  ): Promise<Response> => {
    const merged = new Headers(init.headers);
    for (const [name, value] of Object.entries(headers)) merged.set(name, value);
    const response = await fetch(input, { ...init, headers: merged, signal });
    if (!response.ok) throw await refusalIn(response);
    return response;
  };
  const base = `${address.origin}/api`;
  const api = hc<Api>(base, { fetch: request });
  return {
    async runCommand(name, values, sent = []) {
      const response = await api.commands[":name"].$post({
        param: { name },
        json: {
          values,
          room,
          workspace,
          files: sent.map(({ bytes, ...file }) => ({
            ...file,
            base64: Buffer.from(bytes).toString("base64"),
          })),
        },
      });
      const { files, ...reply } = await response.json();
      return {
        ...reply,
        files: files.map(({ base64, ...file }) => ({
          ...file,
          bytes: Buffer.from(base64, "base64"),
        })),
      } as Reply;
    },
    async ask(prompts) {
      const response = await api.ask.$post({ json: { prompts: [...prompts], workspace } });
      return (await response.json()).answers;
    },
    async importFile({ name, bytes, label, format, columns }, progress) {
      const form = new FormData();
      form.set("file", new File([new Uint8Array(bytes)], name));
      form.set("workspace", workspace);
      if (label) form.set("label", label);
      if (format) form.set("format", format);
      for (const [field, column] of Object.entries(columns ?? {})) form.set(field, column);
      const response = await request(`${base}/import`, { method: "POST", body: form });
      for await (const event of jsonLines<ImportLine>(response.body!)) {
        if (event.kind === "progress") progress(event.done, event.total);
        else if (event.kind === "done") return { receipt: event.receipt };
        else if (event.kind === "started") return { jobId: event.jobId };
        else throw failureAsError(event);
      }
      throw new ApprenticeError("internal");
    },
    async *followJob(id) {
      const query = new URLSearchParams({ workspace });
      const response = await request(`${base}/jobs/${id}/follow?${query.toString()}`);
      for await (const line of jsonLines<JobLine | FailedLine>(response.body!)) {
        if (line.kind === "error") throw failureAsError(line);
        yield line;
      }
    },
    async *exportExamples() {
      const query = new URLSearchParams({ workspace });
      const response = await request(`${base}/export?${query.toString()}`);
      const decoder = new TextDecoder();
      for await (const piece of response.body ?? []) yield decoder.decode(piece, { stream: true });
    },
  };
}

type Failure = { readonly code: string; readonly text: string; readonly id: string };
type FailedLine = { readonly kind: "error" } & Failure;
type ImportLine = ImportEvent | FailedLine;

async function refusalIn(response: Response): Promise<ApprenticeError> {
  const body = (await response.json().catch(() => ({}))) as { error?: Failure };
  return failureAsError(body.error ?? { code: "internal", text: "", id: "" });
}

/** The words were chosen by the server; they travel as the cause. */
function failureAsError({ code, text }: Failure): ApprenticeError {
  const known = errorCodes.find((ours) => ours === code) ?? ("internal" satisfies ErrorCode);
  return new ApprenticeError(known, { told: text });
}
