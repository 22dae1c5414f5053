import { isBotpress, readBotpress } from "./botpress.ts";
import { readAgentIntent } from "./dialogflow.ts";
import { problem, type Found, type Row } from "./importer.ts";
import { intentRow, type Intent } from "./intents.ts";
import {
  isLabelStudio,
  isLabelStudioMin,
  readLabelStudio,
  readLabelStudioMin,
} from "./label-studio.ts";
import { isRasa, readRasa } from "./rasa.ts";
import { isObject, textOf } from "./values.ts";

/**
 * The rows of an export of another tool, known by its shape; `undefined` for every other value.
 * Understood: SQuAD, FAQ pages as JSON-LD, QnA Maker and custom question answering, QnABot, nlp.js,
 * Botpress, Label Studio, Rasa and Dialogflow with their answers, and chats of Telegram Desktop and
 * DiscordChatExporter (replies to questions). Named, not read: intents whose answers are elsewhere.
 */
export function readExport(value: unknown): readonly Found[] | undefined {
  if (!isObject(value) && !Array.isArray(value)) return undefined;
  const shapes = [
    faqPage(value),
    squad(value),
    qnaMaker(value),
    qnaBot(value),
    nlpJs(value),
    botpress(value),
    isLabelStudio(value) ? [...readLabelStudio(value)] : undefined,
    isLabelStudioMin(value) ? [...readLabelStudioMin(value)] : undefined,
    isRasa(value) ? [...readRasa(value)] : undefined,
    dialogflow(value),
    readAgentIntent(value),
    telegram(value),
    discord(value),
    intents(value),
  ];
  return shapes.find((rows) => rows !== undefined);
}

type Shape = readonly Found[] | undefined;

const listAt = (value: unknown, name: string): readonly unknown[] | undefined => {
  const list = isObject(value) ? value[name] : undefined;
  return Array.isArray(list) ? list : undefined;
};

const at = (value: unknown, name: string): unknown => (isObject(value) ? value[name] : undefined);

const textsOf = (values: readonly unknown[] | undefined): string[] =>
  (values ?? []).flatMap((each) => textOf(each) ?? []).filter((text) => text.trim() !== "");

/** Exports have no lines of their own: the line is where the file starts. */
const row = (wordings: readonly string[], answer: unknown, more: Partial<Row> = {}): Found[] => {
  const text = textOf(answer);
  return wordings.length === 0 || text === undefined
    ? []
    : [{ line: 1, wordings, answer: text, ...more }];
};

/** https://schema.org/FAQPage */
function faqPage(value: unknown): Shape {
  const pages = Array.isArray(value) ? value : [value, ...(listAt(value, "@graph") ?? [])];
  const page = pages.find((each) => at(each, "@type") === "FAQPage");
  return listAt(page, "mainEntity")?.flatMap((entity) =>
    row(textsOf([at(entity, "name")]), at(at(entity, "acceptedAnswer"), "text")),
  );
}

/** https://rajpurkar.github.io/SQuAD-explorer: an impossible question has no answer. */
function squad(value: unknown): Shape {
  const articles = listAt(value, "data");
  if (!articles?.every((each) => listAt(each, "paragraphs")) || articles.length === 0)
    return undefined;
  const asked = articles.flatMap((article) =>
    (listAt(article, "paragraphs") ?? []).flatMap((each) => listAt(each, "qas") ?? []),
  );
  return asked.flatMap((each): Found[] => {
    const wordings = textsOf([at(each, "question")]);
    if (at(each, "is_impossible") === true) return [{ line: 1, wordings, answer: null }];
    return row(wordings, at(listAt(each, "answers")?.[0], "text"));
  });
}

/** `qnaDocuments` or `qnaList` with `questions` and `answer`; in projects of custom answering, `Qnas`. */
function qnaMaker(value: unknown): Shape {
  const assets = at(value, "assets") ?? at(value, "Assets");
  const list =
    listAt(value, "qnaDocuments") ??
    listAt(value, "qnaList") ??
    listAt(assets, "qnas") ??
    listAt(assets, "Qnas");
  return list?.flatMap((each) =>
    row(
      textsOf(listAt(each, "questions") ?? listAt(each, "Questions")),
      at(each, "answer") ?? at(each, "Answer"),
    ),
  );
}

/** `qnas`, or the bare list of older versions. */
function botpress(value: unknown): Shape {
  const list = Array.isArray(value) ? value : listAt(value, "qnas");
  return isBotpress(list) ? [...readBotpress(list)] : undefined;
}

/** An agent whose files were joined. */
const dialogflow = (value: unknown): Shape =>
  (listAt(value, "dialogflow") as readonly Intent[] | undefined)?.map(intentRow);

/** `qna` with the questions in `q` and the answer in `a`. */
function qnaBot(value: unknown): Shape {
  return listAt(value, "qna")?.flatMap((each) =>
    row(textsOf(listAt(each, "q")), at(each, "a"), idOf(at(each, "qid"))),
  );
}

const idOf = (id: unknown): Partial<Row> => (typeof id === "string" ? { id } : {});

/** A corpus: intents with `utterances`, and the first of their `answers`. */
function nlpJs(value: unknown): Shape {
  const list = listAt(value, "data");
  if (list === undefined || list.length === 0) return undefined;
  if (!list.every((each) => listAt(each, "utterances"))) return undefined;
  return list.flatMap((each) => {
    const answer = listAt(each, "answers")?.[0];
    const text = isObject(answer) ? answer["answer"] : answer;
    return row(textsOf(listAt(each, "utterances")), text, idOf(at(each, "intent")));
  });
}

/** A chat in which replies to questions are pairs; other messages ask nothing of anybody. */
function repliesIn(
  messages: readonly unknown[],
  read: (message: unknown) => { id: unknown; to: unknown; text: string },
): Found[] {
  const said = messages.map(read);
  const byId = new Map(said.map((each) => [each.id, each.text]));
  return said.flatMap(({ to, text }) => {
    const question = byId.get(to)?.trim() ?? "";
    return question.endsWith("?") && text.trim() !== "" ? row([question], text.trim()) : [];
  });
}

/** `result.json` of Telegram Desktop: a text may be a list of plain and marked parts. */
function telegram(value: unknown): Shape {
  const messages = listAt(value, "messages");
  if (!messages?.some((each) => at(each, "type") === "message" && at(each, "date") !== undefined))
    return undefined;
  return repliesIn(messages, (message) => {
    const text = at(message, "text");
    const parts = Array.isArray(text) ? text : [text];
    return {
      id: at(message, "id"),
      to: at(message, "reply_to_message_id") ?? Number.NaN,
      text: parts.map((part) => textOf(part) ?? "").join(""),
    };
  });
}

/** A channel of DiscordChatExporter. */
function discord(value: unknown): Shape {
  const messages = listAt(value, "messages");
  if (messages === undefined || !isObject(at(value, "channel"))) return undefined;
  return repliesIn(messages, (message) => ({
    id: at(message, "id"),
    to: at(at(message, "reference"), "messageId") ?? Number.NaN,
    text: textOf(at(message, "content")) ?? "",
  }));
}

/** Sets of intents, which say what people mean but not what to answer. */
function intents(value: unknown): Shape {
  const tool =
    at(value, "luis_schema_version") !== undefined
      ? "LUIS"
      : at(value, "projectFileVersion") !== undefined
        ? "CLU"
        : listAt(value, "userSays") !== undefined || at(value, "trainingPhrases") !== undefined
          ? "Dialogflow"
          : at(value, "rasa_nlu_data") !== undefined
            ? "Rasa"
            : undefined;
  return tool === undefined ? undefined : [problem(1, "import.intents", { tool })];
}
