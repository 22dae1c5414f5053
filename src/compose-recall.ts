import { join } from "node:path";
import type { Config } from "./config.ts";
import { asApprenticeError } from "./core/errors.ts";
import type { Log } from "./core/log.ts";
import { choiceTime } from "./encoders/choice.ts";
import { createEncoders, type Encoders } from "./encoders/encoders.ts";
import { ensureServerEncoder } from "./encoders/install/server-encoder.ts";
import type { EncoderPlace } from "./encoders/open-encoder.ts";
import { encodersFolder } from "./encoders/record.ts";
import { writeProgress } from "./encoders/progress-file.ts";
import type { Memories } from "./learning/memories.ts";
import { createLessonReader, type LessonReader } from "./learning/read-lessons.ts";
import { createRecall, openRecall, restoreRecall } from "./learning/recall/embedded-recall.ts";
import type { OpenedRecall } from "./learning/recall/embedded-recall.ts";
import type { Recall } from "./learning/recall/recall.ts";
import type { StatusLine } from "./commands/context.ts";
import { off, on, problem } from "./status.ts";
import { replaceFile } from "./storage/atomic-file.ts";

/** What memories are made with. */
export type RecallParts = {
  readonly encoders: Encoders;
  readonly lessonReader: LessonReader;
  createRecall(): Recall;
  restoreRecall(snapshot: Uint8Array): Recall;
  openRecall(snapshot: Uint8Array): OpenedRecall;
  wantedEncoder(): string | null;
};

/** Where encoders lie, and how their servers are asked. */
export const encoderPlace = (config: Config): EncoderPlace => ({
  folder: encodersFolder(config.data),
  timeoutSeconds: config["recall.encoderTimeoutSeconds"],
  ...(config["recall.encoderKey"] && { apiKey: config["recall.encoderKey"] }),
});

/** Chooses the encoder by the configuration. Loads nothing. */
export function openRecallParts(config: Config): RecallParts {
  const encoders = createEncoders(config["recall.encoder"], encoderPlace(config));
  const options = () => {
    const encoder = encoders.wanted();
    const { withId: encoderOf } = encoders;
    return { risk: config["recall.risk"], encoderOf, ...(encoder && { encoder }) };
  };
  return {
    encoders,
    lessonReader: createLessonReader({
      folder: join(config.data, "models"),
      encoderOf: encoders.withId,
    }),
    createRecall: () => createRecall(options()),
    restoreRecall: (snapshot) => restoreRecall(snapshot, options()),
    openRecall: (snapshot) => openRecall(snapshot, options()),
    wantedEncoder: () => encoders.wanted()?.id ?? null,
  };
}

/** What tells the meaning of questions, how far it is, or why it does not. */
export function encoderLine(
  encoders: Encoders,
  renewal: { readonly done: number; readonly of: number } | undefined,
): StatusLine {
  const name = encoders.wantedName();
  const error = encoders.problem();
  if (error) return problem("encoder", `error.${error.code}`, { ...error.values });
  if (renewal) return on("encoder", "status.encoder-reading", { name, ...renewal });
  return name === "none"
    ? off("encoder", "status.encoder-none")
    : on("encoder", "status.encoder", { name });
}

/** How often it is looked whether another encoder was chosen, and how often progress is told. */
const lookEvery = 2_000;
/** A server that was away when its encoder was to be made is asked again after so long. */
const askAgainAfter = 60_000;

/**
 * Follows what is chosen, in this process or by another on the same data, and tells how far the reading
 * anew is. Gives what ends it.
 */
export function followEncoder({
  config,
  encoders,
  memories,
  log,
}: {
  readonly config: Config;
  readonly encoders: Encoders;
  readonly memories: Pick<Memories, "encoderChanged" | "renewals">;
  readonly log: Log;
}): () => void {
  const { folder } = encoders.place;
  const closing = new AbortController();
  let chosenAt = choiceTime(folder);
  let wasRenewing = false;
  const reopen = (): void => {
    encoders.reopen();
    memories.encoderChanged();
  };
  const look = (): void => {
    const at = choiceTime(folder);
    if (at !== chosenAt) {
      chosenAt = at;
      reopen();
    }
    const renewals = memories.renewals();
    if (renewals.size === 0 && !wasRenewing) return;
    wasRenewing = renewals.size > 0;
    const told = writeProgress(folder, encoders.wanted()?.id ?? null, renewals, replaceFile);
    told.catch((error: unknown) => warn(error, "The progress of the encoder could not be told"));
  };
  const warn = (error: unknown, what: string): void => {
    const { code, id } = asApprenticeError(error);
    log.warn(what, { code, id });
  };
  const timer = setInterval(look, lookEvery).unref();

  /** The encoder of a server is made when the server first answers. */
  const ensure = async (): Promise<void> => {
    if (await ensureServerEncoder(config, encoders.place, closing.signal)) reopen();
  };
  let again: NodeJS.Timeout | undefined;
  const ensureOften = (): void => {
    ensure().catch((error: unknown) => {
      if (closing.signal.aborted) return;
      encoders.failed(error);
      warn(error, "The encoder could not be made ready");
      again = setTimeout(ensureOften, askAgainAfter).unref();
    });
  };
  if (config["recall.encoder"] === "openai") ensureOften();
  return () => {
    closing.abort();
    clearInterval(timer);
    clearTimeout(again);
  };
}
