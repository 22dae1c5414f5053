import { ApprenticeError, asApprenticeError } from "../core/errors.ts";
import type { Attachment, Message } from "../core/message.ts";
import { transcribeFile } from "../speech/stt/transcribe-file.ts";
import type { SpeechToText } from "../speech/stt/speech-to-text.ts";

export type HearFilesParts = {
  readonly stt: SpeechToText | undefined;
  /** The language spoken in a workspace, e.g. `ru-RU`, or `auto`. */
  readonly languageOf: (workspace: string) => Promise<string>;
  readonly limits: { readonly bytes: number; readonly seconds: number };
};

/** One file that was listened to, or why it was not. */
export type HeardFile =
  | { readonly name: string; readonly text: string }
  | { readonly name: string; readonly failure: ApprenticeError };

/** A message whose sound files have become words. */
export type HeardMessage = { readonly message: Message; readonly files: readonly HeardFile[] };

/** Listens to the sound files of a message; `undefined` when it has none. */
export type HearFiles = (
  message: Message,
  signal: AbortSignal,
) => Promise<HeardMessage | undefined>;

/** How long decoding one file may take, in milliseconds. */
const decodingTime = 120_000;

/** Whether somebody sent this as sound; what it really is, its bytes decide. */
export const looksLikeSound = ({ name, mediaType }: Attachment): boolean =>
  /^(?:audio\/|application\/ogg)/.test(mediaType) ||
  /\.(?:ogg|oga|opus|mp3|wav|flac|m4a|aac|weba)$/i.test(name) ||
  (mediaType.startsWith("video/") && /^(?:voice|audio|video-note)/i.test(name));

/**
 * What a person said in files stands before what they wrote: the text of the message is what they
 * typed, then what was heard. A file that cannot be heard is no part of it, and is told to the person.
 */
export function createHearFiles({ stt, languageOf, limits }: HearFilesParts): HearFiles {
  const hear = async (
    message: Message,
    file: Attachment,
    signal: AbortSignal,
  ): Promise<HeardFile> => {
    const { name } = file;
    try {
      if (!stt) throw new ApprenticeError("hearing-off", { name });
      const bytes = await file.read(limits.bytes, signal);
      const language = await languageOf(message.workspace);
      const decoding = { seconds: limits.seconds, time: decodingTime };
      const text = await transcribeFile(stt, { name, bytes }, decoding, { language, signal });
      return { name, text };
    } catch (thrown) {
      if (signal.aborted) throw thrown;
      return { name, failure: asApprenticeError(thrown) };
    }
  };
  return async (message, signal) => {
    const sounds = message.files.filter(looksLikeSound);
    if (sounds.length === 0) return undefined;
    const files: HeardFile[] = [];
    for (const file of sounds) files.push(await hear(message, file, signal));
    const typed = message.text.trim();
    const heard = files.flatMap((file) => ("text" in file ? [file.text] : []));
    return {
      files,
      message: {
        ...message,
        text: [typed, ...heard].filter((text) => text !== "").join("\n"),
        files: message.files.filter((file) => !sounds.includes(file)),
        ...(typed === "" && heard.length > 0 && { via: "voice" }),
      },
    };
  };
}
