import type { Text } from "../text.ts";

/** What can go wrong with encoders. */
export const encoderErrors = {
  "error.encoder-missing":
    "There is no encoder {name} here. apprentice encoder status shows what is installed and what can be added with apprentice encoder install.",
  "error.encoder-damaged":
    "The encoder {name} is damaged ({file}). Install it again with apprentice encoder install.",
  "error.encoder-unusable":
    "The encoder {name} cannot be used ({reason}). It must be a folder in the layout of sentence-transformers, with tokenizer.json and model.onnx.",
  "error.encoder-runtime-missing":
    "Nothing is installed that runs such an encoder. Install it with:\n{line}",
  "error.encoder-unreachable":
    "The encoder at {host} does not answer ({reason}). Questions are answered by their words meanwhile; check recall.encoderUrl and that the server runs.",
  "error.encoder-timeout":
    "The encoder at {host} took longer than {seconds} s. Questions are answered by their words meanwhile; check the server, or raise recall.encoderTimeoutSeconds.",
  "error.encoder-refused":
    "The encoder at {host} refused the request (HTTP {status}). Check recall.encoderModel and recall.encoderKey.",
  "error.encoder-garbled":
    "What the encoder {host} answered is of no use ({reason}). Check that recall.encoderUrl and recall.encoderModel name a model for embeddings.",
  "error.encoder-incomplete":
    "The encoder openai needs {missing}. Set it, or choose another encoder with recall.encoder.",
  "error.encoder-download":
    "The encoder could not be downloaded from {host} ({reason}). What has come is kept: run the same command again when there is a connection.",
  "error.encoder-changed":
    "What came for the encoder {name} is not what came the first time: {file} has the SHA-256 {sha256}. It was thrown away and nothing has changed; if the new file is right, install it under another name.",
  "error.encoder-name":
    "An encoder cannot be called {name}. Use lower-case letters, digits, dots and dashes.",
  "error.encoder-fixed":
    "The setting recall.encoder says {name}, and it wins over what is chosen here. Set it to chosen first (it comes from {source}).",
} satisfies Record<string, Text>;

/** What is said of encoders. */
export const encoders = {
  "status.encoder": "Meaning of questions: encoder {name}.",
  "status.encoder-none": "Meaning of questions: no encoder, words alone decide.",
  "status.encoder-reading":
    "Meaning of questions: encoder {name}, {done} of {of} taught wordings read; the old one answers meanwhile.",
  "setting.encoder": "built-in, none, chosen, openai, or the name of an installed encoder",
} satisfies Record<string, Text>;
