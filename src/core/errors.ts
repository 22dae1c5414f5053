import { newId } from "./ids.ts";

/**
 * Every failure a person can meet. A code is permanent: it is never renamed or reused, because
 * people search for it. `texts/` says for each what happened, why, and what to do.
 */
export const errorCodes = [
  "internal",
  "config-invalid",
  "config-unknown",
  "config-unreadable",
  "data-folder-in-use",
  "data-folder-unusable",
  "disk-full",
  "write-refused",
  "database-unreachable",
  "database-newer",
  "database-damaged",
  "library-path-refused",
  "library-file-missing",
  "library-quota",
  "attachment-too-large",
  "attachment-type",
  "attachment-unreadable",
  "file-unwritable",
  "file-too-large",
  "message-empty",
  "message-too-long",
  "message-binary",
  "message-vanished",
  "too-many-messages",
  "discord-token-refused",
  "discord-unreachable",
  "discord-shards-refused",
  "discord-version-refused",
  "discord-intents-refused",
  "discord-permission",
  "discord-gone",
  "discord-locked",
  "discord-private-closed",
  "discord-file-too-large",
  "discord-failed",
  "button-unknown",
  "button-not-yours",
  "sender-not-one-person",
  "permission-denied",
  "command-unknown",
  "command-argument-missing",
  "command-argument-unknown",
  "command-argument-invalid",
  "command-argument-extra",
  "command-quote-open",
  "command-interrupted",
  "json-invalid",
  "prompt-missing",
  "turn-missing",
  "turn-unanswered",
  "example-missing",
  "action-missing",
  "action-undone",
  "action-standing",
  "answer-missing",
  "question-missing",
  "question-settled",
  "proposal-missing",
  "nothing-to-undo",
  "teaching-empty",
  "teaching-unclear",
  "teaching-too-long",
  "teaching-conflict",
  "import-invalid",
  "import-empty",
  "import-format",
  "import-test-rows",
  "import-damaged",
  "import-old",
  "import-pages",
  "import-scan",
  "import-slow",
  "model-unreachable",
  "model-timeout",
  "model-refused",
  "model-rate-limited",
  "model-failed",
  "model-garbled",
  "cancelled",
  "console-port-in-use",
  "console-unavailable",
  "console-token-wrong",
  "console-locked",
  "console-host-refused",
  "console-origin-refused",
  "console-request-invalid",
  "console-request-too-large",
  "console-page-missing",
  "console-pages-missing",
  "backup-target-exists",
  "backup-invalid",
  "workspace-invalid",
  "recall-snapshot-invalid",
  "encoder-missing",
  "encoder-damaged",
  "encoder-unusable",
  "encoder-runtime-missing",
  "encoder-unreachable",
  "encoder-timeout",
  "encoder-refused",
  "encoder-garbled",
  "encoder-incomplete",
  "encoder-download",
  "encoder-changed",
  "encoder-name",
  "encoder-fixed",
  "dataset-missing",
  "dataset-version-missing",
  "dataset-name-invalid",
  "dataset-empty",
  "dataset-label-unclear",
  "dataset-damaged",
  "dataset-export-empty",
  "archive-failed",
  "archive-missing",
  "archive-unsafe",
  "archive-too-large",
  "archive-damaged",
  "archive-target-exists",
  "test-invalid",
  "test-empty",
  "test-failed",
  "test-grader",
  "test-needs-model",
  "test-too-large",
  "evaluation-missing",
  "evaluation-unlike",
  "upload-gone",
  "job-missing",
  "job-over",
  "job-not-over",
  "job-cannot-pause",
  "job-not-running",
  "job-not-paused",
  "job-unknown-kind",
  "job-attempts",
  "workspace-full",
  "private-jobs-open",
  "private-jobs-today",
  "private-trainer",
  "review-missing",
  "review-settled",
  "review-many",
  "model-version-missing",
  "model-artefact-damaged",
  "model-not-served",
  "model-already-live",
  "training-rows-unknown",
  "promotion-outdated",
  "promotion-reason-missing",
  "rollback-impossible",
  "duel-missing",
  "duel-settled",
  "duel-needs-two",
  "audio-packet",
  "speech-engine-missing",
  "speech-model-missing",
  "speech-model-unknown",
  "speech-model-unreachable",
  "speech-model-damaged",
  "speech-model-unpacked",
  "hearing-off",
  "hearing-nothing",
  "speech-unreachable",
  "speech-timeout",
  "speech-refused",
  "speech-garbled",
  "speech-program-missing",
  "speech-engine-failed",
  "audio-format",
  "audio-needs-ffmpeg",
  "audio-empty",
  "audio-too-long",
  "audio-damaged",
  "audio-slow",
  "voice-unavailable",
  "voice-engines",
  "voice-not-present",
  "voice-not-joined",
  "voice-permissions",
  "voice-full",
  "voice-removed",
  "voice-refused",
  "voice-unreachable",
  "voice-too-often",
  "training-refused",
  "training-unauthorised",
  "training-rate-limited",
  "training-unreachable",
  "training-provider-failed",
  "training-garbled",
  "training-file-rejected",
  "training-failed",
  "training-lost",
  "training-sunset",
  "training-trainer-off",
  "training-method",
  "training-base-missing",
  "training-base-unknown",
  "training-preset-unknown",
  "training-program-missing",
  "training-program-failed",
  "training-program-lost",
  "training-silent",
  "training-too-long",
  "training-too-large",
  "training-thread-died",
  "training-impossible",
  "training-artefact-missing",
  "training-artefact-damaged",
  "serving-failed",
  "serving-unreachable",
  "telegram-token-refused",
  "telegram-conflict",
  "telegram-unreachable",
  "telegram-refused",
  "telegram-closed",
  "telegram-busy",
  "telegram-webhook",
  "button-expired",
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** The blanks in an error's text. */
export type ErrorValues = Readonly<Record<string, string | number>>;

/**
 * The one error type. Carries a code and the values for its text; the words are chosen when it is
 * shown, in the language of the person who meets it. `id` finds the log line.
 */
export class ApprenticeError extends Error {
  override readonly name = "ApprenticeError";
  readonly id = newId().slice(-8);
  readonly code: ErrorCode;
  readonly values: ErrorValues;

  constructor(code: ErrorCode, values: ErrorValues = {}, options?: { cause?: unknown }) {
    // Only the code: the values may hold a person's words, and a message ends up in logs.
    super(code, options);
    this.code = code;
    this.values = values;
  }
}

/**
 * Any thrown thing as an `ApprenticeError`: itself, `cancelled` for an abort, `disk-full` and
 * `write-refused` for what the disk says, else `internal`.
 */
export function asApprenticeError(thrown: unknown): ApprenticeError {
  if (thrown instanceof ApprenticeError) return thrown;
  if (thrown instanceof Error && thrown.name === "AbortError") {
    return new ApprenticeError("cancelled", {}, { cause: thrown });
  }
  if (isOutOfSpace(thrown)) return new ApprenticeError("disk-full", {}, { cause: thrown });
  const refusal = writeRefusal(thrown);
  if (refusal) return new ApprenticeError("write-refused", { reason: refusal }, { cause: thrown });
  return new ApprenticeError("internal", {}, { cause: thrown });
}

/** The code that a platform, a server or the system gave for what caused an error, for the log. */
export function causeCode({ cause }: ApprenticeError): string | undefined {
  const {
    code,
    error_code: refusal,
    status,
    name,
  } = Object(cause) as {
    readonly [field: string]: unknown;
  };
  const known = code ?? refusal ?? status ?? name;
  return known === undefined ? undefined : String(known).slice(0, 60);
}

/** Codes of errors that no further attempt can heal: the place to write in is closed or gone. */
const closedPlaces: ReadonlySet<ErrorCode> = new Set([
  "discord-permission",
  "discord-gone",
  "discord-locked",
  "discord-private-closed",
  "telegram-closed",
]);

/** Whether trying again cannot help: nothing can be sent there. */
export const isClosedPlace = ({ code }: ApprenticeError): boolean => closedPlaces.has(code);

/**
 * ENOSPC or EDQUOT from the file system, SQLITE_FULL (13), or SQLITE_IOERR_SHMSIZE (4874): a database
 * could not be opened because there is no room for its shared memory. https://www.sqlite.org/rescode.html
 */
export function isOutOfSpace(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  const { code, errcode } = thrown as Error & { code?: unknown; errcode?: unknown };
  return code === "ENOSPC" || code === "EDQUOT" || errcode === 13 || errcode === 4874;
}

/** System calls that change what lies in folders, or open what lies there. */
const fileCalls = new Set([
  "open",
  "mkdir",
  "rename",
  "link",
  "unlink",
  "rmdir",
  "rm",
  "write",
  "fsync",
]);

/**
 * Why the system does not let us use our own files: EROFS, EACCES or EPERM; or SQLITE_READONLY (8),
 * SQLITE_IOERR (10) or SQLITE_CANTOPEN (14) in its words.
 */
function writeRefusal(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error)) return undefined;
  const { code, syscall, errcode } = thrown as NodeJS.ErrnoException & { errcode?: unknown };
  const isRefused = code === "EROFS" || code === "EACCES" || code === "EPERM";
  if (isRefused && fileCalls.has(syscall ?? "")) return code;
  const isSqlite = typeof errcode === "number" && [8, 10, 14].includes(errcode & 0xff);
  return isSqlite ? thrown.message : undefined;
}
