import { ApprenticeError } from "../../core/errors.ts";
import type { Language } from "../../core/language.ts";
import type { VoiceEvent } from "../../core/voice.ts";
import type { TextToSpeech } from "../tts/text-to-speech.ts";
import { makeSound } from "./make-sound.ts";
import { createPlayback, type FrameEncoder, type Playback } from "./playback.ts";

/** An answer on its way: text being written, sound being made of it, sound being played. */
export type SpokenAnswer = {
  readonly messageId: string;
  /** What it answers; empty for what the bot says by itself. */
  readonly text: string;
  /** Whom; missing for what the bot says by itself. */
  readonly personId: string | undefined;
  /** When the person's voice ended, on the session's clock. */
  readonly saidAt: number | undefined;
  readonly playback: Playback;
  /** The person had really finished: what happens to the answer is told from now on. */
  confirm(): void;
  /** Stops writing and making, for good. */
  abort(): void;
  /** Resolves when nothing is written or made any more. Never rejects. */
  readonly made: Promise<void>;
  /** Resolves when it was played, interrupted or given up. */
  readonly over: Promise<void>;
  /** False when writing or making failed, so that what is played is not all. */
  isComplete(): boolean;
};

/** What an answer is made with: its id, a signal that ends it, and whether it is really wanted. */
export type Making = {
  readonly messageId: string;
  readonly signal: AbortSignal;
  readonly confirmed: Promise<boolean>;
};

export type AnswerParts = Pick<SpokenAnswer, "messageId" | "text" | "personId" | "saidAt"> & {
  readonly language: Language;
  readonly pieces: (making: Making) => AsyncIterable<string>;
  readonly tts: TextToSpeech | undefined;
  readonly voice: string;
  readonly encoder: FrameEncoder;
  /** See `VoiceSink`. */
  readonly lead: number;
  readonly closing: AbortSignal;
  readonly emit: (event: VoiceEvent) => void;
  readonly on: {
    filled(): void;
    started(answer: SpokenAnswer): void;
    ended(answer: SpokenAnswer): void;
  };
};

/** Begins to make an answer; it is played only once it has the floor. */
export function startAnswer(parts: AnswerParts): SpokenAnswer {
  const { messageId, text, personId, saidAt, on } = parts;
  const aborting = new AbortController();
  const signal = AbortSignal.any([aborting.signal, parts.closing]);
  const confirmation = Promise.withResolvers<boolean>();
  // Whoever waits to hear whether it is wanted must not wait past the end of the session.
  const unwanted = (): void => confirmation.resolve(false);
  if (parts.closing.aborted) unwanted();
  else parts.closing.addEventListener("abort", unwanted, { once: true });
  const over = Promise.withResolvers<void>();
  const events = {
    filled: on.filled,
    started: () => on.started(answer),
    ended: () => on.ended(answer),
  };
  const playback = createPlayback(parts.encoder, events, parts.lead);
  let isComplete = true;
  // Of an answer that nobody may want nothing is told before it is wanted.
  let held: VoiceEvent[] | undefined = [];
  const tell = (event: VoiceEvent): void => (held ? void held.push(event) : parts.emit(event));
  const make = async (): Promise<void> => {
    const isMade = await makeSound({
      ...parts,
      pieces: parts.pieces({ messageId, signal, confirmed: confirmation.promise }),
      playback,
      signal,
      written: (piece) => tell({ kind: "answer", messageId, text: piece }),
      failed(error) {
        isComplete = false;
        tell({ kind: "failed", error, messageId, ...(personId !== undefined && { personId }) });
      },
    });
    isComplete &&= isMade;
  };
  const answer: SpokenAnswer = {
    messageId,
    text,
    personId,
    saidAt,
    playback,
    confirm() {
      confirmation.resolve(true);
      const events = held ?? [];
      held = undefined;
      events.forEach(parts.emit);
    },
    abort() {
      confirmation.resolve(false);
      aborting.abort(new ApprenticeError("cancelled"));
      over.resolve();
    },
    // A microtask later, so that whoever asked knows the answer before anything happens to it.
    made: Promise.resolve().then(make),
    over: over.promise,
    isComplete: () => isComplete,
  };
  return answer;
}
