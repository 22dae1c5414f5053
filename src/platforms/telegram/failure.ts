import { GrammyError, HttpError } from "grammy";
import { ApprenticeError, asApprenticeError } from "../../core/errors.ts";

/** A failure of the Bot API as one of ours. Never the request: it holds people's words. */
export function telegramFailure(thrown: unknown): ApprenticeError {
  const options = { cause: thrown };
  if (thrown instanceof GrammyError) return refusalOf(thrown);
  if (thrown instanceof HttpError) {
    const reason = codeOf(thrown.error);
    return new ApprenticeError("telegram-unreachable", { reason }, options);
  }
  return asApprenticeError(thrown);
}

/** What the server says about chats and topics in which nothing can be sent any more. */
const closedChat =
  /chat not found|not enough rights|CHAT_WRITE_FORBIDDEN|TOPIC_CLOSED|TOPIC_DELETED|thread not found/i;

function refusalOf(error: GrammyError): ApprenticeError {
  const { error_code: status, description, parameters } = error;
  const options = { cause: error };
  const reason = description.replace(/^[A-Z][\w ]+: /, "");
  const isRefused = status === 401 || (status === 404 && error.method === "getMe");
  if (isRefused) return new ApprenticeError("telegram-token-refused", {}, options);
  if (status === 409) return new ApprenticeError("telegram-conflict", {}, options);
  if (status === 429) {
    const seconds = parameters.retry_after ?? 1;
    return new ApprenticeError("telegram-busy", { seconds }, options);
  }
  if (status === 403 || closedChat.test(description))
    return new ApprenticeError("telegram-closed", { reason }, options);
  if (/message (to edit|to delete) not found|can't be edited|MESSAGE_ID_INVALID/i.test(description))
    return new ApprenticeError("message-vanished", {}, options);
  return new ApprenticeError("telegram-refused", { status, reason }, options);
}

/** Whether an edit was refused only because nothing would change. */
export const isUnchanged = (thrown: unknown): boolean =>
  thrown instanceof GrammyError && thrown.description.includes("message is not modified");

/** Whether a message was refused because of a mark in it: a link, or where a style lies. */
export const isBadEntity = (thrown: unknown): boolean =>
  thrown instanceof GrammyError &&
  thrown.error_code === 400 &&
  /entit|wrong http url|unsupported url/i.test(thrown.description);

/** Whether the server does not know a method: it is older than this bot. */
export const isUnknownMethod = (thrown: unknown): boolean =>
  thrown instanceof GrammyError && thrown.error_code === 404;

/** The seconds to wait before the next request, when the server asked for that. */
export const retryAfter = (thrown: unknown): number | undefined =>
  thrown instanceof GrammyError ? thrown.parameters.retry_after : undefined;

/** What the system called a failure of the network: `ECONNREFUSED`, `ENOTFOUND`, ... */
function codeOf(error: unknown): string {
  const { code, message } = Object(error) as { code?: unknown; message?: unknown };
  if (typeof code === "string") return code;
  return /timed out/.test(String(message)) ? "ETIMEDOUT" : "EPIPE";
}
