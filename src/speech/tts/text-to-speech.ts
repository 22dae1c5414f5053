import type { Language } from "../../core/language.ts";

/** One word and its place in the sound of its text, in seconds. Joined, the words are the text. */
export type SpokenWord = {
  /** With the blanks after it. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
};

/** A piece of speech, as the engine makes it. */
export type SpokenAudio = {
  /** One channel, -1..1. */
  readonly pcm: Float32Array;
  /** Samples per second. */
  readonly rate: number;
  /** Where the words are, by engines that know; seconds count from the start of the text's sound. */
  readonly words?: readonly SpokenWord[];
};

export type SpeakingOptions = {
  readonly language: Language;
  /** The voice, as the engine names it; empty: its own choice for the language. */
  readonly voice?: string;
  readonly signal?: AbortSignal;
};

/** Turns text into speech, in pieces as they come. Throws `speech-*` errors. */
export type TextToSpeech = {
  /** Engine and model, e.g. `espeak`. */
  readonly name: string;
  speak(text: string, options: SpeakingOptions): AsyncIterable<SpokenAudio>;
  close?(): Promise<void>;
};
