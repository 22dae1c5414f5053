/** What was understood. */
export type Transcript = {
  readonly text: string;
  /** As the engine tells it, e.g. `ru`; missing when it does not. */
  readonly language?: string;
};

export type HearingOptions = {
  /** The language spoken, e.g. `ru-RU`, or `auto`. */
  readonly language: string;
  readonly signal?: AbortSignal;
};

/** Hears one person while they speak. Must be closed. */
export type Listener = {
  /** Takes 16 kHz mono; gives all words so far when there are new ones. */
  push(pcm: Int16Array): string | undefined;
  /** What was said since the last `finish`; the next words begin anew. */
  finish(): Promise<Transcript>;
  close(): void;
};

/**
 * Turns speech into text. Throws `speech-*` errors; silence is an empty text, not an error. An
 * engine that understands while people speak also has `listen`.
 */
export type SpeechToText = {
  /** Engine and model, e.g. `openai-http/whisper-1`. */
  readonly name: string;
  /** The words of one piece of sound: 16 kHz mono, any length. */
  transcribe(pcm: Int16Array, options: HearingOptions): Promise<Transcript>;
  listen?(options: Pick<HearingOptions, "language">): Listener;
  close?(): Promise<void>;
};
