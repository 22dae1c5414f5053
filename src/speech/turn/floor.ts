import type { SpokenAnswer } from "./spoken-answer.ts";

/**
 * Whose turn it is, as the bot sees it. Each state owns its own things and nothing else: an idle
 * session has no answer that could be cut by mistake.
 */
export type Floor =
  | { readonly kind: "idle" }
  | {
      readonly kind: "hearing";
      readonly personId: string;
      /** An answer to what was said so far, made in case that was all. */
      readonly draft?: SpokenAnswer;
    }
  /** Somebody has finished; nothing of the answer was played yet. */
  | { readonly kind: "thinking"; readonly answer: SpokenAnswer }
  | {
      readonly kind: "speaking";
      readonly answer: SpokenAnswer;
      /** Somebody speaks too: the bot holds its breath. */
      readonly hold?: { readonly personId: string; readonly since: number };
    };
