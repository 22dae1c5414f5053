import type { Context } from "hono";
import type { Language } from "../../core/language.ts";
import type { Teacher } from "../../learning/teaching.ts";
import { answerLines } from "../json-lines.ts";
import type { ConsoleParts } from "../parts.ts";
import { requestLanguage } from "../request-language.ts";

/** What the routes lean on: the console's parts and the signal that the server stops. */
export type RouteParts = ConsoleParts & { readonly stopping: AbortSignal };

export const languageOfRequest = (context: Context, parts: ConsoleParts): Language =>
  requestLanguage(context.req.header("accept-language"), parts.place.language);

export const consoleTeacher = ({ place }: ConsoleParts): Teacher => ({
  workspace: place.workspace,
  person: place.person,
  origin: "console",
});

/** `answerLines` with the language of the request. */
export const lines = <Event>(
  context: Context,
  parts: RouteParts,
  produce: (write: (event: Event) => Promise<void>, signal: AbortSignal) => Promise<void>,
): Response =>
  answerLines<Event>(
    context,
    { language: languageOfRequest(context, parts), log: parts.log, stopping: parts.stopping },
    produce,
  );
