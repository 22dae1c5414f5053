import { decodeText } from "../importers/decode.ts";
import { intentsOfAgent } from "../importers/dialogflow.ts";
import { parseJson } from "../importers/jsonl.ts";
import { isRasa, isRasaSettings, joinedRasa } from "../importers/rasa.ts";
import { isObject } from "../importers/values.ts";
import { parseYaml } from "../importers/yaml.ts";
import type { SourceFile } from "./candidates.ts";

/**
 * Files of which each alone says only what people mean or only what is answered, as one: the parts of a
 * Rasa project, and of a Dialogflow agent. Other files stay what they are.
 */
export function withJoinedExports(files: readonly SourceFile[]): readonly SourceFile[] {
  return files.length < 2 ? files : joinedProject(joinedAgent(files));
}

function joinedProject(files: readonly SourceFile[]): readonly SourceFile[] {
  const parts: Record<string, unknown>[] = [];
  const taken = new Set<SourceFile>();
  for (const file of files.filter(({ name }) => /\.ya?ml$/i.test(name))) {
    const text = decodeText(file.bytes);
    const value = typeof text === "string" ? parseYaml(text) : undefined;
    const isHalf = isRasa(value) && !(Array.isArray(value["nlu"]) && isObject(value["responses"]));
    if (isHalf) parts.push(value);
    if (isHalf || isRasaSettings(value)) taken.add(file);
  }
  const whole = joinedRasa(parts);
  if (whole["nlu"] === undefined || !isObject(whole["responses"])) return files;
  return [...files.filter((file) => !taken.has(file)), named("rasa.json", whole)];
}

function joinedAgent(files: readonly SourceFile[]): readonly SourceFile[] {
  const isPart = ({ name }: SourceFile): boolean => /\.json$/i.test(name);
  if (!files.some(({ name }) => /(?:^|\/)intents\//.test(name))) return files;
  const parts = files.filter(isPart).map(({ name, bytes }) => {
    const text = decodeText(bytes);
    return { path: name, value: typeof text === "string" ? parseJson(text) : undefined };
  });
  const dialogflow = intentsOfAgent(parts);
  if (dialogflow === undefined) return files;
  return [...files.filter((file) => !isPart(file)), named("dialogflow.json", { dialogflow })];
}

const named = (name: string, value: unknown): SourceFile => ({
  name,
  bytes: new TextEncoder().encode(JSON.stringify(value)),
});
