import type { ErrorCode, ErrorValues } from "../../../core/errors.ts";

export type DecodeLimits = {
  /** The longest sound that is taken. */
  readonly seconds: number;
  /** How long decoding may take in all, in milliseconds. */
  readonly time: number;
};

export type AudioFile = { readonly name: string; readonly bytes: Uint8Array };

/** What a decoding thread is started with. */
export type DecodeTask = {
  /** The size of the file, in bytes; the thread asks for parts of it as it needs them. */
  readonly size: number;
  /** The longest sound that is taken. */
  readonly seconds: number;
};

/** What it is sent: that the next piece is wanted, or a part of the file that it asked for. */
export type DecodeRequest =
  | { readonly kind: "next" }
  | { readonly kind: "part"; readonly bytes: Uint8Array };

/** What it tells: one piece of news for each `next`, and which part of the file it needs, one at a time. */
export type DecodeNews =
  | { readonly kind: "read"; readonly start: number; readonly end: number }
  | { readonly kind: "piece"; readonly pcm: Int16Array<ArrayBuffer> }
  | { readonly kind: "end" }
  /** Nothing here decodes this; a system's ffmpeg may. */
  | { readonly kind: "unsupported"; readonly format: string }
  | { readonly kind: "failed"; readonly code: ErrorCode; readonly values: ErrorValues };

/** Why a file cannot be decoded; the thread does not know its name, so the words are added outside. */
export class DecodeFailure extends Error {
  readonly code: ErrorCode;
  readonly values: ErrorValues;

  constructor(code: ErrorCode, values: ErrorValues = {}, options?: { cause?: unknown }) {
    super(code, options);
    this.code = code;
    this.values = values;
  }
}
