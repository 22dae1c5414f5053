import type { Ear, Speech } from "../turn/ear.ts";
import type { SpeechToText, Transcript } from "./speech-to-text.ts";

/** The words of one thing that was said: those heard while it came, else all of it in one go. */
export async function transcribeSpeech(
  stt: SpeechToText,
  speech: Speech,
  { listener }: Pick<Ear, "listener">,
  language: string,
  signal: AbortSignal,
): Promise<Transcript> {
  if (listener) return listener.finish();
  return stt.transcribe(joined(speech.frames), { language, signal });
}

function joined(frames: readonly Int16Array[]): Int16Array {
  const all = new Int16Array(frames.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const frame of frames) {
    all.set(frame, at);
    at += frame.length;
  }
  return all;
}
