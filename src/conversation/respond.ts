import type { Answer, AnswerEvent } from "../core/answer.ts";
import { ApprenticeError, asApprenticeError } from "../core/errors.ts";
import { languageOf } from "../core/language.ts";
import type { Log } from "../core/log.ts";
import type { Message } from "../core/message.ts";
import type { Turn } from "../core/turn.ts";
import type { Hint } from "../learning/recall/recall.ts";
import type { LanguageModel } from "../models/model.ts";
import type { NewTurn, Turns } from "../storage/turns.ts";
import type { AheadAnswers } from "./ahead.ts";
import { examplesUsed, newCitation, onlyTaught, withoutMarks } from "./cited.ts";
import { consider, modelRequest, type ConsiderParts, type Considered } from "./consider.ts";
import { aboutQuestion, answerOfRecall } from "./recalled.ts";

/**
 * Answers one message: pieces of text, then `done`. The text of `done` counts: a taught answer may
 * have taken the place of one that a model broke off, and one that was stopped is short. The turn is
 * on disk before `done` comes. A message id that was answered before ends without an event; one whose
 * answer was cut off by the end of the process is answered now. Throws `model-*` when the language
 * model fails and nothing taught can take its place, and `cancelled` when it is stopped before a word.
 */
export type Respond = (message: Message, signal?: AbortSignal) => AsyncIterable<AnswerEvent>;

export type RespondParts = ConsiderParts & {
  readonly turns: Pick<Turns, "add" | "begin" | "find" | "finish" | "list">;
  readonly log: Log;
  /** Answers that were begun before it was sure that they are wanted. */
  readonly ahead?: Pick<AheadAnswers, "take">;
};

export function createRespond(parts: RespondParts): Respond {
  return async function* respond(message, signal) {
    const considered = await consider(parts, message, { signal });
    const { model } = considered;
    yield* model
      ? answerWithModel(parts, { ...considered, model }, signal)
      : answerAtOnce(parts, considered);
  };
}

const newTurn = ({ message, question, recallVersion }: Considered): NewTurn => ({
  workspace: message.workspace,
  room: message.room,
  person: message.person.id,
  personName: message.person.name,
  messageId: message.id,
  prompt: question,
  ...(question !== message.text && { said: message.text }),
  language: languageOf(message.text, message.language ?? "en"),
  modelVersion: recallVersion,
});

const told = ({ voice, message, ...understood }: Considered) =>
  aboutQuestion(voice, message, understood);

/** What recall decides is stored once, question and answer together. */
async function* answerAtOnce(
  parts: RespondParts,
  considered: Considered,
): AsyncGenerator<AnswerEvent, void> {
  const recalled = { ...(considered.ready ?? answerOfRecall(considered)), ...told(considered) };
  const { text, question: _asked, understood: _told, ...rest } = recalled;
  const added = await parts.turns.add(newTurn(considered), { ...rest, answer: text });
  if (added) return yield* whole({ ...recalled, turnId: added.id });
  const turn = await cutOffTurn(parts, considered.message);
  if (!turn) return;
  if (turn.answer !== null) yield { kind: "done", answer: answerOf(turn, turn.answer) };
  else yield* tell(parts, { ...recalled, turnId: turn.id });
}

/** The turn of a message that an earlier process left without an answer, or with one it did not send. */
async function cutOffTurn(
  { turns }: RespondParts,
  { workspace, id, platform }: Message,
): Promise<Turn | undefined> {
  const turn = await turns.find(workspace, id);
  if (turn?.finishedAt === null) return turn;
  // The console's page shows what it gets and names no messages: what is finished is there.
  const isUnsent = platform !== "web" && platform !== "cli" && turn?.answerMessageIds.length === 0;
  return isUnsent && turn.answer !== null ? turn : undefined;
}

const answerOf = (turn: Turn, text: string): Answer => ({
  turnId: turn.id,
  text,
  known: turn.known,
  tier: turn.tier,
  score: turn.score,
  exampleIds: turn.exampleIds,
  modelVersion: turn.modelVersion,
  suggestions: [],
});

/** Stores a whole answer, then tells it; what was `said` of it already is not said again. */
async function* tell(
  parts: RespondParts,
  answer: Answer,
  said = "",
): AsyncGenerator<AnswerEvent, void> {
  await store(parts, answer);
  yield* whole(answer, said);
}

/** The events of an answer that is there and stored. */
function* whole(answer: Answer, said = ""): Generator<AnswerEvent, void> {
  if (said === "") yield { kind: "delta", text: answer.text };
  yield { kind: "done", answer };
}

async function* answerWithModel(
  parts: RespondParts,
  considered: Considered & { readonly model: LanguageModel },
  signal: AbortSignal | undefined,
): AsyncGenerator<AnswerEvent, void> {
  const { message, model, recollection, recallVersion, isTaughtOnly } = considered;
  const turn = (await parts.turns.begin(newTurn(considered))) ?? (await cutOffTurn(parts, message));
  if (!turn) return;
  if (turn.answer !== null) return yield { kind: "done", answer: answerOf(turn, turn.answer) };
  const { tier, score } = recollection;
  const modelVersion = `${model.name}+${recallVersion}`;
  const begun = {
    turnId: turn.id,
    tier,
    score,
    modelVersion,
    suggestions: [],
    ...told(considered),
  };
  let shown: readonly Hint[] = [];
  const citation = newCitation();
  const draft = () => ({ ...begun, exampleIds: examplesUsed(shown, citation, said) });
  let said = "";
  let isOver = false;
  try {
    const asking = await modelRequest(parts, considered, model, signal);
    ({ shown } = asking);
    const pieces = withoutMarks(
      parts.ahead?.take(message.id, asking, signal) ?? model.answer(asking.request, signal),
      citation,
    );
    for await (const piece of isTaughtOnly ? onlyTaught(pieces, shown, citation) : pieces) {
      said += piece;
      yield { kind: "delta", text: piece };
    }
    isOver = true;
    if (said.trim() === "") {
      // It was asked, and found nothing among what was taught.
      if (!citation.isGiven && !isTaughtOnly)
        throw new ApprenticeError("model-garbled", { reason: "empty" });
      const recalled = { ...answerOfRecall(considered), ...told(considered), turnId: turn.id };
      return yield* tell(parts, recalled);
    }
  } catch (thrown) {
    const error = asApprenticeError(thrown);
    if (signal?.aborted && said.trim() === "") throw cancelled(error);
    isOver = true;
    if (signal?.aborted) return yield* tell(parts, { ...draft(), text: said, known: true }, said);
    if (recollection.answer === null) {
      await store(parts, { ...draft(), text: null, known: false });
      throw error;
    }
    const { id, code } = error;
    parts.log.warn("The language model failed, so a taught answer was given", { id, code });
    const recalled = { ...answerOfRecall(considered), ...told(considered), turnId: turn.id };
    return yield* tell(parts, recalled, said);
  } finally {
    // Cancelled, or nobody listens any more: the history keeps what was said.
    if (!isOver) await store(parts, { ...draft(), text: said || null, known: said !== "" });
  }
  yield* tell(parts, { ...draft(), text: said, known: true }, said);
}

/** Finishes the turn of an answer; one without text stays unanswered. */
const store = (
  { turns }: RespondParts,
  { turnId, text, ...answer }: Omit<Answer, "text"> & { readonly text: string | null },
): Promise<void> => turns.finish(turnId, { ...answer, answer: text });

const cancelled = (cause: ApprenticeError): ApprenticeError =>
  cause.code === "cancelled" ? cause : new ApprenticeError("cancelled", {}, { cause });
