/** An encoder that is known to be good, and where it is. */
export type KnownEncoder = {
  readonly name: string;
  /** The folder in the layout of sentence-transformers. */
  readonly url: string;
  readonly licence: string;
  readonly languages: readonly string[];
  /** What is downloaded, about. */
  readonly megabytes: number;
  /** What the model wants in front of every text; `undefined`: its own files say. */
  readonly prefix?: string;
};

const hub = (repository: string): string => `https://huggingface.co/${repository}/resolve/main/`;

export const knownEncoders: readonly KnownEncoder[] = [
  {
    name: "multilingual-e5-small",
    url: hub("intfloat/multilingual-e5-small"),
    licence: "MIT",
    languages: ["en", "ru"],
    megabytes: 135,
    prefix: "query: ",
  },
  {
    name: "granite-embedding-97m-multilingual-r2",
    url: hub("ibm-granite/granite-embedding-97m-multilingual-r2"),
    licence: "Apache-2.0",
    languages: ["en", "ru"],
    megabytes: 420,
  },
  {
    name: "rubert-tiny-turbo",
    url: hub("sergeyzh/rubert-tiny-turbo"),
    licence: "MIT",
    languages: ["ru"],
    megabytes: 120,
  },
];
