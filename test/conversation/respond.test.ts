import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import type { AnswerEvent } from "../../src/core/answer.ts";
import { ApprenticeError } from "../../src/core/errors.ts";
import { newId } from "../../src/core/ids.ts";
import { silentLog } from "../../src/core/log.ts";
import type { Message } from "../../src/core/message.ts";
import { createRespond, type RespondParts } from "../../src/conversation/respond.ts";
import type { Hint, Recollection } from "../../src/learning/recall/recall.ts";
import type { LanguageModel } from "../../src/models/model.ts";
import { createScriptedModel } from "../../src/models/scripted.ts";
import { openDatabase, type Database } from "../../src/storage/database.ts";
import { createTurns, type Turns } from "../../src/storage/turns.ts";
import { createWorkspaces, type Workspaces } from "../../src/storage/workspaces.ts";
import { say } from "../../src/texts/say.ts";
import { received } from "../received.ts";

const workspace = "web:local";
describe("respond", () => {
  let room = "";
  beforeEach(() => {
    room = `web:${newId()}`;
  });

  const messageOf = (text: string, more: Partial<Message> = {}): Message =>
    received(text, {
      workspace,
      room,
      person: { id: "web:anna", name: "Anna", role: "member" },
      ...more,
    });

  const hint = (
    exampleId: string,
    answer: string | null,
    label: Hint["label"] = "positive",
  ): Hint => ({
    exampleId,
    prompt: `prompt of ${exampleId}`,
    answer,
    label,
    similarity: 0.8,
  });

  const nothing: Recollection = {
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
  const exact: Recollection = {
    ...nothing,
    tier: "exact",
    answer: "Точно так 👋",
    guess: "Точно так 👋",
    score: 1,
    exampleIds: ["e1"],
  };
  const near: Recollection = {
    ...nothing,
    tier: "hint",
    answer: "taught",
    guess: "taught",
    score: 0.7,
    exampleIds: ["e2"],
    hints: [hint("e2", "taught"), hint("e3", "bad <b>", "negative")],
  };

  describe("respond", () => {
    let folder = "";
    let database: Database;
    let turns: Turns;
    let workspaces: Workspaces;
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), "apprentice-respond-"));
      database = await openDatabase({ folder, log: silentLog });
      turns = createTurns(database);
      workspaces = createWorkspaces(database);
    });
    after(async () => {
      await database.close();
      await rm(folder, { recursive: true });
    });

    /** Answers as if recall said `recollection`; everything else is real. */
    const respondWith = (
      recollection: Recollection,
      model?: LanguageModel,
      more: Partial<RespondParts> = {},
    ) =>
      createRespond({
        turns,
        workspaces,
        answers: {
          of: async () => ({ recallVersion: "recall@7", recollect: () => recollection }),
        },
        log: silentLog,
        ...(model && { model }),
        historyTurns: 12,
        prefix: "!",
        historyCharacters: 12_000,
        ...more,
      });

    async function eventsOf(
      events: AsyncIterable<AnswerEvent>,
    ): Promise<{ said: string; answer: Extract<AnswerEvent, { kind: "done" }>["answer"] }> {
      let said = "";
      for await (const event of events) {
        if (event.kind === "delta") said += event.text;
        else return { said, answer: event.answer };
      }
      return assert.fail("no answer came");
    }

    test("an exact taught answer is given word for word, with and without a model", async () => {
      const model = createScriptedModel(() => "something else");
      for (const respond of [respondWith(exact), respondWith(exact, model)]) {
        const { said, answer } = await eventsOf(respond(messageOf("вопрос")));
        assert.equal(said, "Точно так 👋");
        assert.deepEqual(answer, {
          turnId: answer.turnId,
          text: said,
          known: true,
          tier: "exact",
          score: 1,
          exampleIds: ["e1"],
          modelVersion: "recall@7",
          suggestions: [],
        });
      }
      assert.equal(model.requests.length, 0);
    });

    test("the turn is stored before done is told", async () => {
      for await (const event of respondWith(exact)(messageOf("вопрос"))) {
        if (event.kind !== "done") continue;
        const turn = await turns.find(workspace, event.answer.turnId);
        assert.deepEqual(
          [
            turn?.answer,
            turn?.known,
            turn?.tier,
            turn?.exampleIds,
            turn?.modelVersion,
            turn?.language,
            turn?.prompt,
          ],
          ["Точно так 👋", true, "exact", ["e1"], "recall@7", "ru", "вопрос"],
        );
      }
    });

    test("a message that comes twice is answered once", async () => {
      const message = messageOf("hi");
      await eventsOf(respondWith(exact)(message));
      for await (const event of respondWith(exact)(message)) assert.fail(JSON.stringify(event));
    });

    test("without a model and without an answer it says so in the person's language, with what may be meant", async () => {
      const suggestions = [{ prompt: "Где вы?", answer: "Тут", score: 0.4, exampleIds: ["e9"] }];
      const { said, answer } = await eventsOf(
        respondWith({ ...nothing, suggestions })(messageOf("Что это?")),
      );
      assert.equal(
        said,
        `${say("ru", "answer.unknown")}\n${say("ru", "answer.did-you-mean")}\n- Где вы?`,
      );
      assert.deepEqual(
        [answer.known, answer.suggestions, answer.exampleIds],
        [false, suggestions, []],
      );
      const english = await eventsOf(
        respondWith(nothing)(messageOf("What is it?", { language: "ru" })),
      );
      assert.equal(english.said, say("en", "answer.unknown"));
      const numbers = await eventsOf(respondWith(nothing)(messageOf("42?", { language: "ru" })));
      assert.equal(numbers.said, say("ru", "answer.unknown"));
    });

    test("a workspace's voice goes before the person's language", async () => {
      const other = "web:voice";
      await workspaces.change(other, { voice: "ru" });
      const { said } = await eventsOf(
        respondWith(nothing)(messageOf("What?", { workspace: other })),
      );
      assert.equal(said, say("ru", "answer.unknown"));
    });

    test("a prompt taught to be unknown stays unknown, model or not", async () => {
      const model = createScriptedModel(() => "I made this up");
      const taught: Recollection[] = [
        { ...exact, answer: null, guess: null, isTaughtUnknown: true },
        { ...nothing, guess: "other", exampleIds: ["e1"], isTaughtUnknown: true },
      ];
      for (const recollection of taught) {
        const { answer } = await eventsOf(respondWith(recollection, model)(messageOf("who wins?")));
        assert.deepEqual(
          [answer.known, answer.exampleIds, model.requests.length],
          [false, ["e1"], 0],
        );
      }
    });

    test("a model streams its answer, with the taught examples as data in its prompt", async () => {
      const model = createScriptedModel(() => ({ pieces: ["При", "вет"] }));
      const deltas: string[] = [];
      for await (const event of respondWith(near, model)(messageOf("hello where"))) {
        if (event.kind === "delta") deltas.push(event.text);
        else
          assert.deepEqual(event.answer, {
            turnId: event.answer.turnId,
            text: "Привет",
            known: true,
            tier: "hint",
            score: 0.7,
            exampleIds: ["e2", "e3"],
            modelVersion: "scripted/model+recall@7",
            suggestions: [],
          });
      }
      assert.deepEqual(deltas, ["При", "вет"]);
      const { system, messages } = model.requests[0] ?? assert.fail();
      assert.deepEqual(messages, [{ role: "user", content: "hello where" }]);
      assert.ok(system.startsWith(say("en", "answer.persona")));
      assert.ok(
        system.endsWith(
          '<taught>\n{"question":"prompt of e2","answer":"taught"}\n{"question":"prompt of e3","wrong_answer":"bad \\u003cb>"}\n</taught>',
        ),
      );
    });

    test("a sure hint is quoted, an unsure one is left to the model", async () => {
      const model = createScriptedModel(() => "worded by the model");
      const sure = await eventsOf(respondWith({ ...near, score: 0.95 }, model)(messageOf("a")));
      assert.deepEqual([sure.said, sure.answer.modelVersion], ["taught", "recall@7"]);
      const unsure = await eventsOf(respondWith(near, model)(messageOf("a")));
      assert.equal(unsure.said, "worded by the model");
      const alone = await eventsOf(respondWith(near)(messageOf("a")));
      assert.deepEqual([alone.said, alone.answer.exampleIds], ["taught", ["e2"]]);
    });

    test("the persona of the workspace and the conversation so far reach the model", async () => {
      const other = "web:persona";
      await workspaces.change(other, { persona: "You are a librarian." });
      const model = createScriptedModel((_request, index) => `answer ${index}`);
      const respond = respondWith(nothing, model, { historyTurns: 2 });
      const ask = (text: string, more: Partial<Message> = {}) =>
        eventsOf(respond(messageOf(text, { workspace: other, ...more })));
      await ask("one");
      await ask("two");
      await ask("three");
      await ask("four", { person: { id: "web:boris", name: "Boris\nB", role: "member" } });
      assert.ok(model.requests[0]?.system.startsWith("You are a librarian."));
      assert.deepEqual(
        model.requests[2]?.messages.map(({ content }) => content),
        ["one", "answer 0", "two", "answer 1", "three"],
      );
      assert.deepEqual(
        model.requests[3]?.messages.map(({ content }) => content),
        ["Anna: two", "answer 1", "Anna: three", "answer 2", "Boris B: four"],
      );
      await turns.startAnew(other, room);
      await ask("five");
      assert.deepEqual(
        model.requests[4]?.messages.map(({ content }) => content),
        ["five"],
      );
    });

    test("what was not known is no part of the conversation that a model sees", async () => {
      const model = createScriptedModel(() => "answer");
      await eventsOf(respondWith(nothing)(messageOf("one")));
      await eventsOf(respondWith(nothing, model)(messageOf("two")));
      assert.deepEqual(
        model.requests[0]?.messages.map(({ content }) => content),
        ["two"],
      );
    });

    test("the window of the conversation is bounded by its characters", async () => {
      const model = createScriptedModel(() => "x".repeat(50));
      const respond = respondWith(nothing, model, { historyCharacters: 120 });
      for (const text of ["one", "two", "three"]) await eventsOf(respond(messageOf(text)));
      await eventsOf(respond(messageOf("last")));
      assert.deepEqual(
        model.requests[3]?.messages
          .filter(({ role }) => role === "user")
          .map(({ content }) => content),
        ["two", "three", "last"],
      );
    });

    test("when the model fails, a taught answer takes its place; without one the failure is told", async () => {
      const failing = createScriptedModel(() => ({ pieces: ["half"], failure: "model-failed" }));
      const { said, answer } = await eventsOf(respondWith(near, failing)(messageOf("a")));
      assert.deepEqual(
        [said, answer.text, answer.modelVersion, answer.exampleIds],
        ["half", "taught", "recall@7", ["e2"]],
      );
      const silent = createScriptedModel(() => ({ pieces: [], failure: "model-unreachable" }));
      assert.equal((await eventsOf(respondWith(near, silent)(messageOf("c")))).said, "taught");
      const message = messageOf("b");
      await assert.rejects(eventsOf(respondWith(nothing, failing)(message)), {
        code: "model-failed",
      });
      const turn = await turns.find(workspace, message.id);
      assert.deepEqual([turn?.answer, turn?.known], [null, false]);
      assert.notEqual(turn?.finishedAt, null);
    });

    test("blank space is no answer", async () => {
      const blank = createScriptedModel(() => ({ pieces: ["\n", " "] }));
      assert.equal(
        (await eventsOf(respondWith(near, blank)(messageOf("a")))).answer.text,
        "taught",
      );
      await assert.rejects(eventsOf(respondWith(nothing, blank)(messageOf("b"))), {
        code: "model-garbled",
      });
    });

    test("a stopped answer ends with what was said; before a word it is cancelled", async () => {
      const stop = new AbortController();
      const model = createScriptedModel(() => ({ pieces: ["first ", "second"] }));
      const message = messageOf("a");
      const events = [];
      for await (const event of respondWith(near, model)(message, stop.signal)) {
        events.push(event);
        if (event.kind === "delta") stop.abort();
      }
      const last = events.at(-1);
      assert.deepEqual([events.length, last?.kind === "done" && last.answer.text], [2, "first "]);
      const turn = await turns.find(workspace, message.id);
      assert.deepEqual(
        [turn?.answer, turn?.known, turn?.modelVersion],
        ["first ", true, "scripted/model+recall@7"],
      );

      const early = messageOf("b");
      await assert.rejects(
        eventsOf(respondWith(nothing, model)(early, AbortSignal.abort())),
        (error) => error instanceof ApprenticeError && error.code === "cancelled",
      );
      assert.equal((await turns.find(workspace, early.id))?.answer, null);
    });

    test("a listener who leaves in the middle leaves a finished turn", async () => {
      const model = createScriptedModel(() => ({ pieces: ["first ", "second"] }));
      const message = messageOf("a");
      for await (const _event of respondWith(near, model)(message)) break;
      const turn = await turns.find(workspace, message.id);
      assert.deepEqual([turn?.answer, turn?.known], ["first ", true]);
      assert.notEqual(turn?.finishedAt, null);
    });
  });
});
