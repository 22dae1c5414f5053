import { builtInEncoder } from "./built-in/built-in-encoder.ts";
import type { InstantEncoder } from "./encoder.ts";

/** What the setting `recall.encoder` may say. */
export type EncoderName = "built-in" | "none";

/** The encoder of that name; `undefined`: words alone decide. Reads nothing from disk until it is used. */
export function encoderNamed(name: EncoderName): InstantEncoder | undefined {
  return name === "none" ? undefined : builtInEncoder();
}
