import {
  extractReasoningMiddleware,
  streamText,
  wrapLanguageModel,
  type ModelMessage as SdkMessage,
} from "ai";
import { ApprenticeError } from "../core/errors.ts";
import type { ModelMessage, ModelRequest } from "./model.ts";

/** What the SDK says to a developer's console has no place among our logs. */
Object.assign(globalThis, { AI_SDK_LOG_WARNINGS: false });

/** A model as the providers' packages make it. */
export type ProviderModel = Parameters<typeof wrapLanguageModel>[0]["model"];

/** Local models often think aloud between these tags; that is no part of the answer. */
const withoutThoughts = extractReasoningMiddleware({ tagName: "think" });

/**
 * One request to a model: the pieces of its answer as they come. Throws what the SDK throws, and
 * `model-garbled` for a stream that ends before the model said that it finished.
 */
export async function* streamPieces(
  model: ProviderModel,
  request: ModelRequest,
  limits: { readonly maxOutputTokens?: number; readonly temperature?: number },
  signal: AbortSignal,
): AsyncGenerator<string> {
  const { stream } = streamText({
    model: wrapLanguageModel({ model, middleware: withoutThoughts }),
    instructions: request.system,
    messages: request.messages.map(asSdkMessage),
    ...limits,
    maxRetries: 0,
    abortSignal: signal,
    // Failures arrive in the stream; without a handler the SDK also prints them.
    onError: () => {},
  });
  let finished: string | undefined;
  for await (const part of stream) {
    if (part.type === "text-delta" && part.text !== "") yield part.text;
    else if (part.type === "error") throw part.error;
    else if (part.type === "abort") throw signal.reason;
    else if (part.type === "finish") finished = part.rawFinishReason;
  }
  if (finished === undefined)
    throw new ApprenticeError("model-garbled", { reason: "unexpected end" });
}

const asSdkMessage = ({ role, content, images = [] }: ModelMessage): SdkMessage =>
  role === "assistant"
    ? { role, content }
    : {
        role,
        content:
          images.length === 0
            ? content
            : [
                { type: "text", text: content },
                ...images.map(({ mediaType, bytes }) => ({
                  type: "file" as const,
                  mediaType,
                  data: bytes,
                })),
              ],
      };
