import { parse } from "yaml";
import { problem, type Found } from "./importer.ts";
import { readJson } from "./json.ts";
import { isRasa, readRasa } from "./rasa.ts";

/** In UTF-16 units: with mistakes in it, more keeps everybody waiting for seconds. */
const longest = 300_000;

/** The value of a YAML text; `undefined` when it is none, or too long to be read at once. */
export function parseYaml(text: string): unknown {
  if (text.length > longest) return undefined;
  try {
    return parse(text, {
      maxAliasCount: 100,
      logLevel: "error",
      prettyErrors: false,
      uniqueKeys: false,
    }) as unknown;
  } catch {
    return undefined;
  }
}

/** YAML: a Rasa project, or what JSON may hold. */
export function* readYaml(text: string): Generator<Found> {
  const value = parseYaml(text);
  if (typeof value !== "object") yield problem(1, "import.yaml");
  else if (isRasa(value)) yield* readRasa(value);
  else if (value !== null) yield* readJson(JSON.stringify(value));
}
