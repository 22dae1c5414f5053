import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { ApprenticeError, asApprenticeError, type ErrorCode } from "../core/errors.ts";
import type { Language } from "../core/language.ts";
import type { Log } from "../core/log.ts";
import { say, sayError } from "../texts/say.ts";

/** A failure as every route answers it. */
export type Failure = {
  readonly code: ErrorCode;
  /** What happened, why and what to do, in the person's language. */
  readonly text: string;
  /** Finds the log line. */
  readonly id: string;
};

const statusOf: Partial<Record<ErrorCode, ContentfulStatusCode>> = {
  internal: 500,
  "disk-full": 507,
  "write-refused": 507,
  "database-unreachable": 503,
  "library-file-missing": 404,
  "library-quota": 413,
  "attachment-too-large": 413,
  "attachment-type": 415,
  "message-too-long": 413,
  "too-many-messages": 429,
  "workspace-full": 413,
  "private-jobs-open": 429,
  "private-jobs-today": 429,
  "private-trainer": 403,
  "permission-denied": 403,
  "command-unknown": 404,
  "turn-missing": 404,
  "turn-unanswered": 409,
  "example-missing": 404,
  "action-missing": 404,
  "action-undone": 409,
  "action-standing": 409,
  "answer-missing": 404,
  "question-missing": 404,
  "question-settled": 409,
  "proposal-missing": 404,
  "nothing-to-undo": 409,
  "teaching-conflict": 409,
  "teaching-too-long": 413,
  "import-invalid": 422,
  "import-empty": 422,
  "import-format": 415,
  "import-old": 415,
  "import-damaged": 422,
  "import-pages": 413,
  "import-scan": 422,
  "import-slow": 413,
  "model-unreachable": 502,
  "model-timeout": 504,
  "model-refused": 502,
  "model-rate-limited": 503,
  "model-failed": 502,
  "model-garbled": 502,
  "job-missing": 404,
  "job-over": 409,
  "job-not-over": 409,
  "job-cannot-pause": 409,
  "job-not-running": 409,
  "job-not-paused": 409,
  "model-version-missing": 404,
  "dataset-missing": 404,
  "console-token-wrong": 401,
  "console-locked": 429,
  "console-host-refused": 421,
  "console-origin-refused": 403,
  "console-request-too-large": 413,
  "console-page-missing": 404,
  "console-pages-missing": 503,
};

/** The HTTP status for an error code; 400 for everything that is the request's own mistake. */
export const statusFor = (code: ErrorCode): ContentfulStatusCode => statusOf[code] ?? 400;

/** Anything thrown as one of our errors; what the HTTP library refuses is an invalid request. */
export function asConsoleError(thrown: unknown): ApprenticeError {
  if (thrown instanceof HTTPException && thrown.status < 500) {
    return invalidRequest("body", "is malformed", thrown);
  }
  return asApprenticeError(thrown);
}

/** `path` names the part of the request that is wrong, `reason` says how. */
export const invalidRequest = (path: string, reason: string, cause?: unknown): ApprenticeError =>
  new ApprenticeError("console-request-invalid", { path, reason }, { cause });

/** The failure to show, after writing it to the log (what the person did wrong is no event). */
export function describeFailure(error: ApprenticeError, language: Language, log: Log): Failure {
  if (statusFor(error.code) >= 500) {
    log.error("A console request failed", { code: error.code, id: error.id, error });
  } else {
    log.debug("A console request was refused", { code: error.code, id: error.id });
  }
  return { code: error.code, text: sayError(language, error), id: error.id };
}

/** Answers a failure: a page for a person who navigates, JSON for a program. */
export function answerFailure(
  context: Context,
  error: ApprenticeError,
  language: Language,
  log: Log,
): Response {
  const failure = describeFailure(error, language, log);
  const status = statusFor(error.code);
  context.header("cache-control", "no-store");
  const wantsPage = (context.req.header("accept") ?? "").includes("text/html");
  if (!wantsPage || context.req.path.startsWith("/api/")) {
    return context.json({ error: failure }, status);
  }
  const nonce = context.get("secureHeadersNonce");
  return context.html(
    failurePage(failure, language, typeof nonce === "string" ? nonce : ""),
    status,
  );
}

/** Opens the console with the token from the address that the start printed. */
const tokenForm = (language: Language): string => `
<form method="get" action="/">
<label>${say(language, "console.token")}<input name="token" type="password" autocomplete="off" required autofocus></label>
<button>${say(language, "console.open")}</button>
</form>`;

/** Needs no file of its own, so that it can be shown when there is none. */
function failurePage(failure: Failure, language: Language, nonce: string): string {
  const text = failure.text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>Apprentice</title>
<style nonce="${nonce}">
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 12vh auto; padding: 0 1rem; }
form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end; }
label { flex: 1 1 16rem; }
input, button { font: inherit; padding: .5rem .75rem; border: 1px solid GrayText; border-radius: .4rem; }
input { display: block; width: 100%; box-sizing: border-box; }
</style>
</head>
<body>
<h1>Apprentice</h1>
<p>${text}</p>${failure.code === "console-token-wrong" ? tokenForm(language) : ""}
</body>
</html>
`;
}
