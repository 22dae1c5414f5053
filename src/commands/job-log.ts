import { isoTime } from "../core/clock.ts";
import { ApprenticeError } from "../core/errors.ts";
import type { JobEvent, JobFailure, JobNote } from "../core/job.ts";
import { sayError } from "../texts/say.ts";
import type { Speaker } from "./speaker.ts";

/** What Apprentice itself said on the way of a job. */
export function noteWords({ code, values, failure }: JobNote, speaker: Speaker): string {
  const words = speaker.say(`job-note.${code}`, values);
  return failure ? `${words} ${failureText(failure, speaker)}` : words;
}

/** One point of a job's history as a line of its log; `undefined` for measured values. */
export function logLine(event: JobEvent, speaker: Speaker): string | undefined {
  const words = wordsOf(event, speaker);
  return words === undefined ? undefined : `${isoTime(event.at).slice(11, 19)} ${words}`;
}

/** The warnings among a job's history, each as a line. */
export const warningLines = (events: readonly JobEvent[], speaker: Speaker): readonly string[] =>
  events
    .filter((event) => event.kind === "warning" || (event.kind === "note" && event.warns))
    .flatMap((event) => wordsOf(event, speaker) ?? []);

function wordsOf(event: JobEvent, speaker: Speaker): string | undefined {
  switch (event.kind) {
    case "log":
      return event.text;
    case "warning":
      return `! ${event.text}`;
    case "note":
      return `${event.warns ? "! " : ""}${noteWords(event, speaker)}`;
    case "state":
      return `[${speaker.say(`job.state.${event.state}`)}]`;
    case "checkpoint":
      return speaker.say("job.checkpoint", { name: event.name });
    case "metric":
      return undefined;
  }
}

/** Why something failed, as any other failure is told. */
export function failureText(failure: JobFailure, { voice }: Pick<Speaker, "voice">): string {
  const error = new ApprenticeError(failure.code, failure.values);
  return sayError(voice, Object.assign(error, { id: failure.id }));
}
