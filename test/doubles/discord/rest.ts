import type { IncomingMessage, ServerResponse } from "node:http";
import { commandRoutes } from "./command-routes.ts";
import { messageProblems } from "./guards.ts";
import { interactionRoutes } from "./interaction-routes.ts";
import type { Judge } from "./judge.ts";
import { messageRoutes } from "./message-routes.ts";
import { stageRoutes } from "./stage-routes.ts";
import { createRateLimits, type RateLimit } from "./rate-limits.ts";
import { Refusal, refusals } from "./refusal.ts";
import type { Call, Fields, Result } from "./routes.ts";
import type { StoredFile, World } from "./world.ts";

/** What goes wrong with requests on demand. */
export type Fault = {
  readonly method: string;
  readonly path: RegExp;
  /** How many requests; 1 when not said. */
  readonly times?: number;
} & (
  | { readonly kind: "refusal"; readonly refusal: Refusal }
  | { readonly kind: "status"; readonly status: number }
  /** 429 with so many seconds to wait; `global` stops every route. */
  | { readonly kind: "limit"; readonly seconds: number; readonly global?: boolean }
  /** The connection breaks before anything is answered. */
  | { readonly kind: "cut" }
);

export type RequestSeen = {
  readonly method: string;
  /** Without the version, e.g. `/channels/1/messages`. */
  readonly path: string;
  readonly body: Fields;
  readonly status: number;
};

export type Rest = {
  readonly requests: readonly RequestSeen[];
  /** What was wrong with requests, or with the double's own answers; empty after a good test. */
  readonly complaints: string[];
  fail(...faults: readonly Fault[]): void;
  limit(limit: RateLimit): void;
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
};

const routes = [...messageRoutes, ...interactionRoutes, ...commandRoutes, ...stageRoutes];
const versioned = /^(?:\/api)?\/v10(\/.*)$/;

/** The REST side: every request is judged by Discord's own description before it is granted. */
export function createRest(world: World, judge: Judge): Rest {
  const limits = createRateLimits();
  const requests: RequestSeen[] = [];
  const complaints: string[] = [];
  const faults: { fault: Fault; left: number }[] = [];

  function answer(request: IncomingMessage, url: URL, read: Read): Answered {
    const method = request.method ?? "GET";
    const path = versioned.exec(decodeURIComponent(url.pathname))?.[1];
    if (path === undefined) return { ...refused(refusals.notFound()), path: url.pathname };
    const broken = faults.find(
      ({ fault, left }) => left > 0 && fault.method === method && fault.path.test(path),
    );
    if (broken) {
      broken.left -= 1;
      return { path, ...faultAnswer(broken.fault) };
    }
    const { headers, retryAfter } = limits.take(method, path, world.clock.now());
    if (retryAfter !== undefined) {
      const refusal = tooMany(retryAfter, false);
      return { path, ...refusal, headers: { ...refusal.headers, ...headers } };
    }
    try {
      const found = routes.find((each) => each.method === method && each.pattern.test(path));
      if (found && !found.isOpen && request.headers.authorization !== `Bot ${world.token}`)
        throw refusals.unauthorized();
      const verdict = judge.request(method, path, read.body, read.contentType);
      const own = isMessage(path, method) ? messageProblems(read.body ?? {}) : [];
      for (const unknown of verdict.unknown) complaints.push(`${method} ${path}: ${unknown}`);
      if (!found) throw refusals.notFound();
      if (verdict.wrong.length + own.length > 0) throw refusals.invalid([...verdict.wrong, ...own]);
      const ids = found.pattern.exec(path)!.slice(1);
      const call: Call = {
        world,
        ids,
        query: url.searchParams,
        body: read.body ?? {},
        files: read.files,
      };
      const result = found.run(call);
      const wrong = judge.response(method, path, result.status, result.body).wrong;
      for (const reason of wrong) complaints.push(`answer to ${method} ${path}: ${reason}`);
      return { path, ...result, headers };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      // A reply to a message that is gone is no mistake of the application.
      if (error.code === 50035 && !("message_reference" in Object(error.errors)))
        complaints.push(`${method} ${path}: ${JSON.stringify(error.errors)}`);
      return { path, ...refused(error), headers };
    }
  }

  return {
    requests,
    complaints,
    fail: (...given) =>
      void faults.push(...given.map((fault) => ({ fault, left: fault.times ?? 1 }))),
    limit: (limit) => limits.add(limit),
    async handle(request, response) {
      const url = new URL(request.url ?? "/", world.origin);
      if (url.pathname.startsWith("/attachments/")) return sendFile(world, url, response);
      const read = await readBody(request);
      const { status, body, headers = {}, path, isCut } = answer(request, url, read);
      requests.push({ method: request.method ?? "GET", path, body: read.body ?? {}, status });
      if (isCut) return void request.socket.destroy();
      const json = body === undefined ? {} : { "content-type": "application/json" };
      response.writeHead(status, { ...json, ...headers });
      response.end(body === undefined ? undefined : JSON.stringify(body));
    },
  };
}

type Answered = Result & {
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly isCut?: true;
};

const isMessage = (path: string, method: string): boolean =>
  (method === "POST" || method === "PATCH") &&
  /^\/(channels\/\d+|webhooks\/\d+)\/[^/]+(\/|$)/.test(path) &&
  !path.endsWith("/threads");

const refused = ({ status, code, message, errors }: Refusal) => ({
  status,
  body: { message, code, ...(errors !== undefined && { errors }) },
});

function faultAnswer(fault: Fault): Omit<Answered, "path"> {
  switch (fault.kind) {
    case "refusal":
      return refused(fault.refusal);
    case "status":
      return { status: fault.status, body: { message: String(fault.status), code: 0 } };
    case "limit":
      return tooMany(fault.seconds, fault.global ?? false);
    case "cut":
      return { status: 0, isCut: true };
  }
}

const tooMany = (seconds: number, isGlobal: boolean) => ({
  status: 429,
  body: { message: "You are being rate limited.", retry_after: seconds, global: isGlobal },
  headers: {
    "retry-after": String(Math.ceil(seconds)),
    "x-ratelimit-scope": isGlobal ? "global" : "user",
    ...(isGlobal && { "x-ratelimit-global": "true" }),
  } as Record<string, string>,
});

type Read = {
  readonly body?: Fields;
  readonly files: readonly Omit<StoredFile, "id">[];
  readonly contentType: string;
};

/** JSON, or `payload_json` with `files[n]`, which belong to `attachments[n]`. */
async function readBody(request: IncomingMessage): Promise<Read> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  const bytes = Buffer.concat(pieces);
  const header = request.headers["content-type"] ?? "application/json";
  const contentType = header.split(";")[0]!;
  if (bytes.length === 0) return { files: [], contentType };
  if (contentType !== "multipart/form-data")
    return { body: JSON.parse(bytes.toString()) as Fields, files: [], contentType };
  const form = await new Response(bytes, { headers: { "content-type": header } }).formData();
  const files: Omit<StoredFile, "id">[] = [];
  for (const [name, value] of form) {
    if (!name.startsWith("files[") || typeof value === "string") continue;
    const content = new Uint8Array(await value.arrayBuffer());
    files.push({
      name: value.name,
      bytes: content,
      ...(value.type && { contentType: value.type }),
    });
  }
  const payload = form.get("payload_json");
  const body = typeof payload === "string" ? (JSON.parse(payload) as Fields) : {};
  return { body, files, contentType: "application/json" };
}

function sendFile(world: World, url: URL, response: ServerResponse): void {
  const file = world.files.get(url.pathname.split("/")[3] ?? "");
  if (!file) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { "content-length": file.bytes.length });
  response.end(file.bytes);
}
