import type { TextKey } from "../texts/en.ts";
import { say as sayIn, type TextValues, type Voice } from "../texts/say.ts";

/** Says a text in somebody's voice. */
export type Speaker = { readonly voice: Voice; say(key: TextKey, values?: TextValues): string };

export const speakerOf = (voice: Voice): Speaker => ({
  voice,
  say: (key, values) => sayIn(voice, key, values),
});
