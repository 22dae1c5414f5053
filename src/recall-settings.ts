import { z } from "zod";
import { choice, secret, text, whole, type Setting } from "./setting.ts";

/** How taught answers are found. */
export const recallSettings = {
  "recall.encoder": {
    schema: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,79}$/),
    allowed: { allowed: "setting.encoder" },
    fallback: "chosen",
    about:
      "What tells the meaning of a question beside its words: chosen (with apprentice encoder use; built-in until then), built-in, openai (recall.encoderUrl), an installed one by its name, or none.",
  } satisfies Setting<string>,
  "recall.encoderUrl": text(
    "",
    "Where the encoder openai is, e.g. http://127.0.0.1:11434/v1: any server with /embeddings.",
  ),
  "recall.encoderModel": text("", "Which model for embeddings the encoder openai asks for."),
  "recall.encoderKey": secret("The key for the server of the encoder openai."),
  "recall.encoderTimeoutSeconds": whole(
    1,
    600,
    5,
    "How many seconds the encoder openai may take for up to 64 texts.",
  ),
  "recall.risk": choice(
    ["cautious", "balanced", "eager"],
    "balanced",
    "How sure a taught answer must be: cautious is wrong less often, eager answers more questions.",
  ),
} as const;
