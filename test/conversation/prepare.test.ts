import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import { ApprenticeError } from "../../src/core/errors.ts";
import { newId } from "../../src/core/ids.ts";
import { silentLog } from "../../src/core/log.ts";
import type { Message } from "../../src/core/message.ts";
import { createPieces, type Pieces } from "../../src/core/pieces.ts";
import { createAheadAnswers } from "../../src/conversation/ahead.ts";
import { createPrepareAnswer } from "../../src/conversation/prepare.ts";
import { createRespond } from "../../src/conversation/respond.ts";
import type { Recollection } from "../../src/learning/recall/recall.ts";
import type { LanguageModel, ModelRequest } from "../../src/models/model.ts";
import { openDatabase, type Database } from "../../src/storage/database.ts";
import { createTurns, type Turns } from "../../src/storage/turns.ts";
import { createWorkspaces, type Workspaces } from "../../src/storage/workspaces.ts";
import { received } from "../received.ts";

const workspace = "web:local";
const unknown: Recollection = {
  tier: "none",
  answer: null,
  answerId: null,
  guess: null,
  guessId: null,
  score: 0.1,
  exampleIds: [],
  isTaughtUnknown: false,
  hints: [],
  suggestions: [],
};

type Asked = Pieces & { readonly request: ModelRequest; isCancelled: boolean };

/** A model whose answers are said word by word by the test: `asked[0].piece("word")`, `asked[0].end()`. */
function modelByHand() {
  const asked: Asked[] = [];
  const model: LanguageModel = {
    name: "by/hand",
    answer(request, signal) {
      const asking: Asked = { ...createPieces(), request, isCancelled: false };
      asked.push(asking);
      signal?.addEventListener("abort", () => {
        asking.isCancelled = true;
        asking.end(new ApprenticeError("cancelled"));
      });
      return asking;
    },
  };
  /** Resolves when so many answers were asked for. */
  const isAsked = async (count: number): Promise<void> => {
    while (asked.length < count) await new Promise(setImmediate);
  };
  return { model, asked, isAsked };
}

describe("an answer that is begun before it is sure that it is wanted", () => {
  let folder = "";
  let database: Database;
  let turns: Turns;
  let workspaces: Workspaces;
  let room = "";
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "apprentice-prepare-"));
    database = await openDatabase({ folder, log: silentLog });
    turns = createTurns(database);
    workspaces = createWorkspaces(database);
  });
  after(async () => {
    await database.close();
    await rm(folder, { recursive: true });
  });
  beforeEach(() => {
    room = `web:${newId()}`;
  });

  const messageOf = (text: string): Message => received(text, { workspace, room, via: "voice" });

  const bot = (model: LanguageModel, recollection = unknown) => {
    const parts = {
      turns,
      workspaces,
      answers: {
        of: async () => ({
          recallVersion: "recall@7",
          encoder: null,
          prepare: async () => {},
          recollect: () => recollection,
        }),
      },
      model,
      historyTurns: 12,
      prefix: "!",
      historyCharacters: 12_000,
      ahead: createAheadAnswers(),
    };
    const prepare = createPrepareAnswer(parts);
    return { prepare, respond: createRespond({ ...parts, log: silentLog }) };
  };
  const stored = () => turns.list(workspace, room, { limit: 5 });
  const said = async (events: ReturnType<ReturnType<typeof createRespond>>): Promise<string> => {
    let text = "";
    for await (const event of events) if (event.kind === "delta") text += event.text;
    return text;
  };

  test("is given at once when it was, and only then stored", async () => {
    const { model, asked } = modelByHand();
    const { prepare, respond } = bot(model);
    const message = messageOf("как дела с ремонтом");
    await prepare(message, new AbortController().signal);
    asked[0]?.piece("Хоро");
    asked[0]?.piece("шо");
    asked[0]?.end();
    assert.deepEqual(await stored(), []);
    assert.equal(await said(respond(message)), "Хорошо");
    assert.equal(asked.length, 1);
    assert.deepEqual(
      (await stored()).map(({ prompt, answer, modelVersion }) => [prompt, answer, modelVersion]),
      [["как дела с ремонтом", "Хорошо", "by/hand+recall@7"]],
    );
  });

  test("goes on where it is when it is wanted in the middle", async () => {
    const { model, asked } = modelByHand();
    const { prepare, respond } = bot(model);
    const message = messageOf("как дела с ремонтом");
    await prepare(message, new AbortController().signal);
    asked[0]?.piece("Хоро");
    const telling = respond(message)[Symbol.asyncIterator]();
    assert.deepEqual((await telling.next()).value, { kind: "delta", text: "Хоро" });
    asked[0]?.piece("шо");
    assert.deepEqual((await telling.next()).value, { kind: "delta", text: "шо" });
    asked[0]?.end();
    assert.equal((await telling.next()).value?.kind, "done");
    assert.equal(asked.length, 1);
  });

  test("is ended and leaves nothing when the person goes on", async () => {
    const { model, asked, isAsked } = modelByHand();
    const { prepare, respond } = bot(model);
    const wentOn = new AbortController();
    await prepare(messageOf("включи"), wentOn.signal);
    asked[0]?.piece("Что?");
    wentOn.abort();
    assert.equal(asked[0]?.isCancelled, true);
    const telling = said(respond(messageOf("включи свет")));
    await isAsked(2);
    asked[1]?.piece("Включаю");
    asked[1]?.end();
    assert.equal(await telling, "Включаю");
    assert.deepEqual(
      (await stored()).map(({ prompt, answer }) => [prompt, answer]),
      [["включи свет", "Включаю"]],
    );
  });

  test("is asked for anew when the conversation went on meanwhile", async () => {
    const { model, asked, isAsked } = modelByHand();
    const { prepare, respond } = bot(model);
    const message = messageOf("а сегодня?");
    await prepare(message, new AbortController().signal);
    const other = said(respond(messageOf("какой день?")));
    await isAsked(2);
    asked[1]?.piece("Пятница");
    asked[1]?.end();
    assert.equal(await other, "Пятница");
    const telling = said(respond(message));
    await isAsked(3);
    assert.equal(asked[0]?.isCancelled, true);
    assert.equal(asked[2]?.request.messages.length, 3);
    asked[2]?.piece("Да");
    asked[2]?.end();
    assert.equal(await telling, "Да");
  });

  test("that failed fails when it is wanted, after what was said of it", async () => {
    const { model, asked } = modelByHand();
    const { prepare, respond } = bot(model);
    const message = messageOf("как дела с ремонтом");
    await prepare(message, new AbortController().signal);
    asked[0]?.piece("Хоро");
    asked[0]?.end(new ApprenticeError("model-timeout"));
    const words: string[] = [];
    await assert.rejects(
      async () => {
        for await (const event of respond(message))
          if (event.kind === "delta") words.push(event.text);
      },
      { code: "model-timeout" },
    );
    assert.deepEqual(words, ["Хоро"]);
  });

  test("ends when the answer that took it over is stopped, and what was said stays", async () => {
    const { model, asked } = modelByHand();
    const { prepare, respond } = bot(model);
    const message = messageOf("как дела с ремонтом");
    await prepare(message, new AbortController().signal);
    asked[0]?.piece("Хоро");
    const stop = new AbortController();
    for await (const event of respond(message, stop.signal))
      if (event.kind === "delta") stop.abort();
    assert.equal(asked[0]?.isCancelled, true);
    assert.deepEqual(
      (await stored()).map(({ answer }) => answer),
      ["Хоро"],
    );
  });

  test("is not begun where what was taught decides", async () => {
    const { model, asked } = modelByHand();
    const taught = { ...unknown, tier: "exact", answer: "Да.", guess: "Да.", score: 1 } as const;
    await bot(model, taught).prepare(messageOf("да?"), new AbortController().signal);
    assert.equal(asked.length, 0);
  });
});
