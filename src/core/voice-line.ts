import type { ChatEvent } from "./chat.ts";
import type { Language } from "./language.ts";

/** Milliseconds by which a page plays each frame of the bot's voice after it came. */
export const pageLead = 80;

/** What a page that talks is told, as JSON; the bot's voice comes between as binary frames. */
export type VoiceLineEvent =
  /** It may speak now. `hears` and `speaks`: which halves are there. */
  | { readonly kind: "ready"; readonly hears: boolean; readonly speaks: boolean }
  | { readonly kind: "partial"; readonly text: string }
  /** Somebody said this to the bot; what comes back carries the same id. */
  | { readonly kind: "said"; readonly id: string; readonly text: string }
  | { readonly kind: "chat"; readonly id: string; readonly event: ChatEvent }
  | { readonly kind: "started" | "paused" | "resumed" | "interrupted"; readonly id: string }
  | { readonly kind: "heard"; readonly id: string; readonly text: string; readonly whole: boolean }
  | { readonly kind: "failed"; readonly code: string; readonly text: string };

/** What a page may say besides sound: 16-bit samples, 16 kHz, 20 ms in each frame. */
export type VoiceLineRequest = { readonly kind: "hush" };

/** An open line: what the page sends goes in here. */
export type VoiceLine = {
  heard(pcm: Int16Array): void;
  hush(): void;
  close(): Promise<void>;
};

export type OpenVoiceLine = (connection: {
  readonly language: Language;
  /** 20 ms of the bot's voice: 16-bit little-endian samples, 48 kHz. */
  readonly play: (frame: Uint8Array) => void;
  /** Whether the page takes frames as fast as they come. */
  readonly isOpen: () => boolean;
  readonly tell: (event: VoiceLineEvent) => void;
}) => Promise<VoiceLine>;
