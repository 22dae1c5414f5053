/** An image that a person sent. */
export type ModelImage = { readonly mediaType: string; readonly bytes: Uint8Array };

/** One message of a conversation, as a language model sees it. */
export type ModelMessage = {
  readonly role: "user" | "assistant";
  readonly content: string;
  /** Only of a person, and only for a model that sees. */
  readonly images?: readonly ModelImage[];
};

export type ModelRequest = {
  /** The system prompt: persona, rules, and the taught examples that fit. */
  readonly system: string;
  /** The conversation, oldest first; the last one is the person's. */
  readonly messages: readonly ModelMessage[];
};

/**
 * A language model. `answer` yields pieces of text as they come and ends when the answer is whole.
 * Throws `model-*` errors; an abort of `signal` rejects with `cancelled`. Retries happen inside, and
 * only before the first piece was yielded.
 */
export type LanguageModel = {
  /** Provider and model, e.g. `openai-compatible/llama3.1`: the language part of a model version. */
  readonly name: string;
  /** Whether it takes images. */
  readonly sees?: boolean;
  /** Loads what the first answer needs, so that it comes as soon as later ones. */
  prepare?(): Promise<void>;
  answer(request: ModelRequest, signal?: AbortSignal): AsyncIterable<string>;
};
