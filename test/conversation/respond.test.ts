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

  /** Not sure enough to be given, so that a model answers. */
  const unsure: Recollection = { ...near, tier: "none", answer: null, score: 0.2 };

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
          of: async () => ({
            recallVersion: "recall@7",
            encoder: null,
            prepare: async () => {},
            recollect: () => recollection,
          }),
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
          answerId: null,
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
      const model = createScriptedModel(() => ({ pieces: ["[", "[1]]\n", "При", "вет"] }));
      const deltas: string[] = [];
      for await (const event of respondWith(unsure, model)(messageOf("hello where"))) {
        if (event.kind === "delta") deltas.push(event.text);
        else
          assert.deepEqual(event.answer, {
            turnId: event.answer.turnId,
            text: "Привет",
            known: true,
            tier: "none",
            score: 0.2,
            exampleIds: ["e2"],
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
          '<taught>\n{"n":1,"question":"prompt of e2","answer":"taught"}\n{"n":2,"question":"prompt of e3","wrong_answer":"bad \\u003cb>"}\n</taught>',
        ),
      );
    });

    test("a taught answer is given as it was taught, unless the persona says to rephrase", async () => {
      const model = createScriptedModel(() => "[[1]] worded by the model");
      const given = await eventsOf(respondWith(near, model)(messageOf("a")));
      assert.deepEqual([given.said, given.answer.modelVersion], ["taught", "recall@7"]);
      const other = "web:rephrasing";
      const ask = async (persona: string) => {
        await workspaces.change(other, { persona });
        return eventsOf(respondWith(near, model)(messageOf("a", { workspace: other })));
      };
      const rephrased = await ask("Answer in your own words.");
      assert.deepEqual(
        [rephrased.said, rephrased.answer.exampleIds],
        ["worded by the model", ["e2"]],
      );
      assert.equal((await ask("Пересказывай ответы весело.")).said, "worded by the model");
      assert.equal((await ask("Be brief. Do not rephrase anything.")).said, "taught");
      const unsureOne = await eventsOf(respondWith(unsure, model)(messageOf("a")));
      assert.equal(unsureOne.said, "worded by the model");
    });

    test("an answer names the examples that the model says it used, or whose words it repeats", async () => {
      const hints = [hint("e1", "Open at nine."), hint("e2", "Parking behind the mill.")];
      const cases: [string[], string, string[]][] = [
        [["[[2]]", "Behind it."], "Behind it.", ["e2"]],
        [["[[1,", " 2]] At nine, behind it."], "At nine, behind it.", ["e1", "e2"]],
        [["[[]]", "Paris."], "Paris.", []],
        [["Parking is behind the ", "mill."], "Parking is behind the mill.", ["e2"]],
        [["Paris."], "Paris.", []],
        [["a [[link]] and [1]"], "a [[link]] and [1]", []],
      ];
      for (const [pieces, text, exampleIds] of cases) {
        const model = createScriptedModel(() => ({ pieces }));
        const { said, answer } = await eventsOf(
          respondWith({ ...unsure, hints }, model)(messageOf("a")),
        );
        assert.deepEqual([said, answer.text, answer.exampleIds], [text, text, exampleIds]);
      }
    });

    test("a community's model answers from what was taught, or not at all", async () => {
      const community = (text: string) => messageOf(text, { workspace: "discord:42" });
      const hints = [hint("e1", "Open at nine.")];
      const answered = async (...pieces: string[]) => {
        const model = createScriptedModel(() => ({ pieces }));
        const respond = respondWith({ ...unsure, hints }, model);
        const { said, answer } = await eventsOf(respond(community("Which city?")));
        assert.ok(model.requests[0]?.system.includes(say("en", "answer.taught-only")));
        return [said, answer.known, answer.exampleIds];
      };
      assert.deepEqual(await answered("[[1]]", "At ", "nine."), ["At nine.", true, ["e1"]]);
      const unknown = [say("en", "answer.unknown"), false, []];
      assert.deepEqual(await answered("[[]]", "Paris, of course."), unknown);
      assert.deepEqual(await answered("[[]]"), unknown);
      assert.deepEqual(await answered("[[7]] Paris."), unknown);
      assert.deepEqual(await answered("Paris, ", "of course."), unknown);
      assert.deepEqual(await answered("We open ", "at nine."), ["We open at nine.", true, ["e1"]]);
      const model = createScriptedModel(() => "Paris");
      const mute = await eventsOf(respondWith(nothing, model)(community("Which city?")));
      assert.deepEqual([mute.said, model.requests.length], [unknown[0], 0]);
      await workspaces.change("discord:42", { taughtOnly: false });
      const open = await eventsOf(respondWith(nothing, model)(community("Which city?")));
      assert.equal(open.said, "Paris");
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

    /** A message in a workspace whose persona lets the model word taught answers. */
    const rephrased = (text: string) => messageOf(text, { workspace: "web:rephrased" });
    before(() => workspaces.change("web:rephrased", { persona: "Rephrase what you know." }));

    test("when the model fails, a taught answer takes its place; without one the failure is told", async () => {
      const failing = createScriptedModel(() => ({ pieces: ["half"], failure: "model-failed" }));
      const { said, answer } = await eventsOf(respondWith(near, failing)(rephrased("a")));
      assert.deepEqual(
        [said, answer.text, answer.modelVersion, answer.exampleIds],
        ["half", "taught", "recall@7", ["e2"]],
      );
      const silent = createScriptedModel(() => ({ pieces: [], failure: "model-unreachable" }));
      assert.equal((await eventsOf(respondWith(near, silent)(rephrased("c")))).said, "taught");
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
        (await eventsOf(respondWith(near, blank)(rephrased("a")))).answer.text,
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
      for await (const event of respondWith(unsure, model)(message, stop.signal)) {
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
      for await (const _event of respondWith(unsure, model)(message)) break;
      const turn = await turns.find(workspace, message.id);
      assert.deepEqual([turn?.answer, turn?.known], ["first ", true]);
      assert.notEqual(turn?.finishedAt, null);
    });
  });
});
