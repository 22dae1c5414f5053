import type { ApprenticeError } from "./errors.ts";
import type { Language } from "./language.ts";

/** Samples per second of what is heard: one channel, 16-bit signed. */
export const heardRate = 16_000;
/** Samples per second of what is played, one channel. */
export const playedRate = 48_000;
/** The length of every frame, heard or played. */
export const frameMilliseconds = 20;
export const heardFrameSamples = (heardRate * frameMilliseconds) / 1000;
export const playedFrameSamples = (playedRate * frameMilliseconds) / 1000;

/** Opus for 20 ms of silence; five of them end each burst, so that a receiver does not guess on. */
export const silenceFrame: Uint8Array = Uint8Array.of(0xf8, 0xff, 0xfe);

/** What somebody said, when it is time to answer. */
export type SpokenMessage = {
  /** Made by the session; events about the answer carry it. */
  readonly id: string;
  readonly text: string;
  readonly personId: string;
  readonly language: Language;
  /** Whether the person may go on: the answer is asked for before it is sure that they have finished. */
  readonly isDraft: boolean;
  /**
   * True once it is sure that the person has finished; false when they went on: then `signal` is
   * aborted too, and nothing of the answer may stay.
   */
  readonly confirmed: Promise<boolean>;
};

/** Makes the answer to what was said, in pieces of text as they come. */
export type AnswerSpoken = (message: SpokenMessage, signal: AbortSignal) => AsyncIterable<string>;

/** Where the session's voice goes: paced by the session, one frame each 20 ms. */
export type VoiceSink = {
  /** Whether what is played now goes anywhere; while it does not, the voice waits. Missing: always. */
  isOpen?(): boolean;
  /** Milliseconds that frames wait at the receiver, which drops them there when the voice pauses. */
  readonly lead?: number;
  /** Opus (20 ms, 48 kHz, mono), or with `encoding: "pcm"` 16-bit little-endian samples at 48 kHz. */
  play(frame: Uint8Array): void;
  /** A burst of frames begins, or has ended. */
  speaking(on: boolean): void;
};

/** What happens in a session, in order. */
export type VoiceEvent =
  /** Words understood so far of somebody who is still speaking. */
  | { readonly kind: "partial"; readonly personId: string; readonly text: string }
  /** Somebody finished. Without `addressed` nobody spoke to the bot, and it does not answer. */
  | {
      readonly kind: "transcript";
      readonly messageId: string;
      readonly personId: string;
      readonly text: string;
      readonly language: Language;
      readonly addressed: boolean;
    }
  /** A piece of an answer's text, as it is being made. */
  | { readonly kind: "answer"; readonly messageId: string; readonly text: string }
  /** The first frame of an answer was played. `afterSpeech`: milliseconds since the person's last voiced frame. */
  | {
      readonly kind: "started";
      readonly messageId: string;
      readonly afterSpeech: number | undefined;
    }
  /** The end of each answer: what of it was really played, whole words only. */
  | {
      readonly kind: "heard-prefix";
      readonly messageId: string;
      readonly text: string;
      readonly whole: boolean;
    }
  /** Somebody speaks while the bot does: it holds its breath until it is clear whether they mean it. */
  | { readonly kind: "paused"; readonly messageId: string; readonly personId: string }
  /** It was a cough. */
  | { readonly kind: "resumed"; readonly messageId: string }
  /** They meant it: the rest of the answer is dropped. No label follows from this. */
  | { readonly kind: "interrupted"; readonly messageId: string; readonly personId?: string }
  /** Recognising, answering or speaking failed. Tell the person; never send it to a model. */
  | {
      readonly kind: "failed";
      readonly error: ApprenticeError;
      readonly messageId?: string;
      readonly personId?: string;
    };

/** How a session listens and speaks. */
export type VoiceSettings = {
  /** The language people speak, e.g. `ru-RU`; `auto` lets the recogniser find out. */
  readonly language: string;
  /** The name of the voice, as the engine that speaks calls it; empty: its own choice. */
  readonly voice: string;
  /** What the bot is called. With two or more people present it answers only to these. */
  readonly wakeNames: readonly string[];
  /** Milliseconds of silence that end what somebody says, at least and at most. */
  readonly shortestPause: number;
  readonly longestPause: number;
};

/** One conversation by voice in one room. */
export type VoiceSession = {
  /** 20 ms of what a person says (320 samples, `heardRate`), in order. Silence need not be sent. */
  heard(personId: string, pcm: Int16Array): void;
  /** Who is in the room, the bot left out. A person who left in the middle of a word is let go. */
  setPresent(personIds: readonly string[]): void;
  /** Nothing that a person who opted out says is kept or listened to. */
  setOptedOut(personId: string, optedOut: boolean): void;
  /** Speaks a text that nobody asked for by voice. Resolves when it was played or interrupted. */
  say(pieces: AsyncIterable<string>, options: SayOptions): Promise<void>;
  /** Stops speaking now, as an interruption does. */
  hush(): void;
  /** Ends everything: timers, requests, decoders. */
  close(): Promise<void>;
};

export type SayOptions = {
  /** What events about it carry; one is made when missing. */
  readonly messageId?: string;
  /** Whom it answers: with more people in the room, only they can interrupt it by just speaking. */
  readonly personId?: string;
  readonly language: Language;
  readonly signal?: AbortSignal;
};

export type OpenVoiceSession = {
  readonly answer: AnswerSpoken;
  readonly sink: VoiceSink;
  readonly encoding?: "opus" | "pcm";
  readonly settings: VoiceSettings;
  readonly on: (event: VoiceEvent) => void;
};

/** Decodes one speaker's Opus packets to frames for `heard`. Must be closed. */
export type OpusDecoder = {
  /** Throws `audio-packet` for a packet that is none; the decoder stays usable. */
  decode(packet: Uint8Array): Int16Array;
  /** Guesses the frame of a packet that was lost. */
  conceal(): Int16Array;
  close(): void;
};

/** The engines of speech as a platform sees them. */
export type Speech = {
  /** Which halves are off. Without `stt` nothing is understood, without `tts` nothing is spoken. */
  readonly missing: readonly ("stt" | "tts")[];
  openSession(options: OpenVoiceSession): Promise<VoiceSession>;
  openDecoder(): Promise<OpusDecoder>;
};
