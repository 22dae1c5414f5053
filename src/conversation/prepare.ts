import type { Message } from "../core/message.ts";
import type { AheadAnswers } from "./ahead.ts";
import { consider, modelRequest, type ConsiderParts } from "./consider.ts";

/**
 * Lets a language model begin the answer to a message that may turn out not to be meant: nothing is
 * stored. `respond` with the same message goes on with it; `signal` ends it.
 */
export type PrepareAnswer = (message: Message, signal: AbortSignal) => Promise<void>;

export const createPrepareAnswer =
  (parts: ConsiderParts & { readonly ahead: AheadAnswers }): PrepareAnswer =>
  async (message, signal) => {
    const considered = await consider(parts, message, { isAhead: true, signal });
    if (!considered.model || signal.aborted) return;
    const asking = await modelRequest(parts, considered, considered.model, signal);
    parts.ahead.begin(message.id, asking, signal);
  };
