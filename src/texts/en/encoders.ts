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
  "cli.encoder": "What tells the meaning of questions: see, add and choose encoders",
  "cli.encoder.status": "Show which encoder is used, which are installed and which can be added",
  "cli.encoder.install": "Fetch an encoder, try it on what was taught, and go over to it",
  "cli.encoder.source":
    "a name that encoder status shows, an address or a folder in the layout of sentence-transformers",
  "cli.encoder.name": "what it is called here",
  "cli.encoder.prefix": 'what the model wants in front of every text, e.g. "query: "',
  "cli.encoder.plan": "only say what would be fetched, and how large it is",
  "cli.encoder.keep": "install it and keep using the present one",
  "cli.encoder.use":
    "Go over to an encoder that is here: built-in, none, openai or an installed one",
  "cli.encoder.which": "the name of the encoder",
  "cli.encoder.reading":
    "{workspace}: {done} of {of} taught wordings are read anew; the old encoder answers meanwhile.",
  "cli.encoder.installed-line": "✓ {name}: {megabytes} MB, {id}",
  "cli.encoder.known-line": "· {name}: {languages}, {megabytes} MB, {licence}",
  "cli.encoder.runtime": "Installed encoders run {runtime}.",
  "cli.encoder.runtime-none":
    "Encoders other than the built-in one and openai need a runtime. Install it with:\n{line}",
  "cli.encoder.fetches": "{name} is fetched from {source}: {megabytes} MB; licence: {licence}.",
  "cli.encoder.installed": "{name} is installed ({megabytes} MB).",
  "cli.encoder.measured":
    "{before} → {after} % of {asked} held-back questions right; {milliseconds} ms a question, {megabytes} MB.",
  "cli.encoder.not-measured":
    "Not measured: that needs {least} answers with at least two wordings each, and there are {count}.",
  "cli.encoder.used": "{name} is used now.",
  "cli.encoder.used-soon":
    "{name} will be used as soon as what was taught is read; the old encoder answers until then. apprentice encoder status shows how far it is.",
  "cli.progress.fitting": "Trying the encoder",
  "cli.progress.reading": "Reading what was taught",
} satisfies Record<string, Text>;
