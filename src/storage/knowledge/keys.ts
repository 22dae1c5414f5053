import { createHash } from "node:crypto";
import { promptKey } from "../prompt-key.ts";
import { normalizeText } from "../words.ts";

/** Equal for questions that are the very same: a hash, as both engines can index it. */
export const keyOf = (prompt: string): string => `k:${hashed(promptKey(prompt) || prompt)}`;

/** Equal for answers that say the same, whatever their case and spacing. `null`: not to know. */
export const textKeyOf = (text: string | null): string =>
  text === null ? "" : hashed(normalizeText(text).trim().split(/\s+/).join(" "));

const hashed = (text: string): string =>
  createHash("sha256").update(text).digest("base64url").slice(0, 27);
