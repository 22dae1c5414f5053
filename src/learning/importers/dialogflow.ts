import type { Found } from "./importer.ts";
import { intentRow, type Intent } from "./intents.ts";
import { isObject, textOf } from "./values.ts";

/** A file of an agent: its path in the agent's archive, and what it says. */
export type AgentFile = { readonly path: string; readonly value: unknown };

const listIn = (value: unknown, name: string): readonly unknown[] => {
  const list = isObject(value) ? value[name] : undefined;
  return Array.isArray(list) ? list : [];
};

const textIn = (value: unknown, name: string): string | undefined =>
  isObject(value) ? textOf(value[name]) : undefined;

/** An exported intent with its phrases and answers inside; `undefined` for every other value. */
export function readAgentIntent(value: unknown): readonly Found[] | undefined {
  if (!isObject(value) || !Array.isArray(value["responses"])) return undefined;
  const said = listIn(value, "userSays");
  if (said.length === 0) return undefined;
  const name = textIn(value, "name") ?? "";
  const answers = speechIn(value["responses"]).filter(({ language }) => language === undefined);
  if (speechIn(value["responses"]).length === 0) return undefined;
  const answer = answers.length > 0 ? answers : speechIn(value["responses"]).slice(0, 1);
  return [intentRow({ name, phrases: phrasesIn(said), answers: answer.map(({ text }) => text) })];
}

/**
 * The intents of a Dialogflow agent, ES or CX, from the files of its archive; `undefined` when they are
 * of something else.
 */
export function intentsOfAgent(files: readonly AgentFile[]): readonly Intent[] | undefined {
  const es = files.some(({ path }) => phrasesFile(path) !== undefined);
  if (es) return intentsOfEs(files);
  const cx = files.some(({ path }) => /(?:^|\/)intents\/[^/]+\/trainingPhrases\//.test(path));
  return cx ? intentsOfCx(files) : undefined;
}

/** `intents/Hours_usersays_en.json` has the phrases of `intents/Hours.json` in English. */
function phrasesFile(path: string): { intent: string; language: string } | undefined {
  const mark = path.lastIndexOf("_usersays_");
  if (mark === -1 || !/(?:^|\/)intents\//.test(path) || !path.endsWith(".json")) return undefined;
  const language = path.slice(mark + "_usersays_".length, -".json".length);
  return { intent: path.slice(0, mark), language };
}

function intentsOfEs(files: readonly AgentFile[]): Intent[] {
  const byPath = new Map(files.map(({ path, value }) => [path, value]));
  return files.flatMap(({ path, value }): Intent[] => {
    const said = phrasesFile(path);
    if (said === undefined) return [];
    const { intent, language } = said;
    const own = byPath.get(`${intent}.json`);
    const name = textIn(own, "name") ?? intent.slice(intent.lastIndexOf("/") + 1);
    const answers = speechIn(isObject(own) ? own["responses"] : undefined)
      .filter((each) => each.language === undefined || each.language === language)
      .map(({ text }) => text);
    return [{ name, language, phrases: phrasesIn(Array.isArray(value) ? value : []), answers }];
  });
}

/** `data` of a phrase holds its parts. */
const phrasesIn = (said: readonly unknown[]): string[] =>
  said.map((each) =>
    listIn(each, "data")
      .map((part) => textIn(part, "text") ?? "")
      .join(""),
  );

/** What is said in each message; of several ways to say it, the first. */
function speechIn(responses: unknown): { readonly text: string; readonly language?: string }[] {
  const list: readonly unknown[] = Array.isArray(responses) ? responses : [];
  return list.flatMap((response) =>
    listIn(response, "messages").flatMap((message) => {
      const speech = isObject(message) ? message["speech"] : undefined;
      const text: unknown = Array.isArray(speech) ? speech[0] : speech;
      const language = textIn(message, "lang");
      return typeof text === "string" && text.trim() !== ""
        ? [{ text, ...(language && { language }) }]
        : [];
    }),
  );
}

function intentsOfCx(files: readonly AgentFile[]): Intent[] {
  const routes = files
    .filter(({ path }) => /(?:^|\/)flows\//.test(path))
    .flatMap(({ value }) => listIn(value, "transitionRoutes"));
  return files.flatMap(({ path, value }): Intent[] => {
    const found = /(?:^|\/)intents\/([^/]+)\/trainingPhrases\/([\w-]+)\.json$/.exec(path);
    if (found === null) return [];
    const [, folder = "", language = ""] = found;
    const name = decoded(folder);
    const phrases = listIn(value, "trainingPhrases").map((phrase) =>
      listIn(phrase, "parts")
        .map((part) => textIn(part, "text") ?? "")
        .join(""),
    );
    const route = routes.find(
      (each) =>
        textIn(each, "intent") === name && messagesOf(each, language).length > 0 && !isBound(each),
    );
    return [{ name, language, phrases, answers: route ? messagesOf(route, language) : [] }];
  });
}

/** A route that is taken only under a condition says nothing in general. */
const isBound = (route: unknown): boolean => (textIn(route, "condition") ?? "") !== "";

function messagesOf(route: unknown, language: string): string[] {
  const fulfillment = isObject(route) ? route["triggerFulfillment"] : undefined;
  return listIn(fulfillment, "messages").flatMap((message) => {
    const own = textIn(message, "languageCode");
    const texts = isObject(message) ? listIn(message["text"], "text") : [];
    const [text] = texts;
    return typeof text === "string" && (own === undefined || own === language) ? [text] : [];
  });
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
