import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import type { Answer } from "../../src/core/answer.ts";
import { lastAnswer } from "../../src/core/answer.ts";
import { newId } from "../../src/core/ids.ts";
import { silentLog } from "../../src/core/log.ts";
import { createBriefQuestions } from "../../src/conversation/brief-questions.ts";
import { explainTurn } from "../../src/conversation/explain.ts";
import { createRespond } from "../../src/conversation/respond.ts";
import type { Recollection } from "../../src/learning/recall/recall.ts";
import type { LanguageModel } from "../../src/models/model.ts";
import { createLanguageModel } from "../../src/models/provider.ts";
import { openDatabase, type Database } from "../../src/storage/database.ts";
import { createTurns, type Turns } from "../../src/storage/turns.ts";
import { createWorkspaces } from "../../src/storage/workspaces.ts";
import { startOpenAiDouble, type OpenAiDouble } from "../doubles/openai/server.ts";
import { received } from "../received.ts";

const judging = /Which answer answers the question/;
const completing = /as one complete question/;

const hint = (exampleId: string, prompt: string, answer: string) =>
  ({ exampleId, prompt, answer, label: "positive", similarity: 0.5 }) as const;
const silent: Recollection = {
  tier: "none",
  answer: null,
  answerId: null,
  guess: null,
  guessId: null,
  score: 0.1,
  exampleIds: [],
  isTaughtUnknown: false,
  hints: [hint("e3", "When does the ferry leave?", "At eight and at five.")],
  suggestions: [],
};
/** What memory makes of everything that it is not sure of. */
const middle: Recollection = {
  ...silent,
  guess: "Two days.",
  guessId: "a1",
  score: 0.4,
  exampleIds: ["e1"],
  hints: [hint("e1", "How long does a repair take?", "Two days."), ...silent.hints],
  suggestions: [
    {
      prompt: "Who repairs bicycles?",
      answer: "Marta.",
      answerId: "a2",
      score: 0.3,
      exampleIds: ["e2"],
    },
  ],
};
const exact = (answer: string, exampleId: string): Recollection => ({
  ...silent,
  tier: "exact",
  answer,
  guess: answer,
  score: 0.99,
  exampleIds: [exampleId],
});
const known: Readonly<Record<string, Recollection>> = {
  "When does the ferry leave?": exact("At eight and at five.", "e3"),
  "Who repairs bicycles?": exact("Marta.", "e2"),
  "Which repair is it?": middle,
};

describe("a language model that is asked what an unsure question means", () => {
  let folder = "";
  let database: Database;
  let turns: Turns;
  let server: OpenAiDouble;
  let model: LanguageModel;
  let verdict = "";
  let completion = "";
  let room = "";
  const systemOf = ({ messages }: OpenAiDouble["requests"][number]): string =>
    messages.find(({ role }) => role === "system")?.content ?? "";
  const asked = (pattern: RegExp) => server.requests.filter((each) => pattern.test(systemOf(each)));
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "apprentice-judge-"));
    database = await openDatabase({ folder, log: silentLog });
    turns = createTurns(database);
    server = await startOpenAiDouble((request) => {
      if (judging.test(systemOf(request))) return [verdict];
      if (completing.test(systemOf(request))) return [completion];
      return ["[[]]", "I made ", "this up."];
    });
    const settings = { provider: "openai-compatible", name: "echo", timeoutSeconds: 5 } as const;
    model = createLanguageModel({ ...settings, url: server.url, retries: 0 });
  });
  after(async () => {
    await server.close();
    await database.close();
    await rm(folder, { recursive: true });
  });
  beforeEach(() => {
    room = `web:${newId()}`;
  });
  const botWith = (perHour: number) => {
    const respond = createRespond({
      turns,
      workspaces: createWorkspaces(database),
      answers: {
        of: async () => ({
          recallVersion: "recall@7",
          encoder: null,
          prepare: async () => {},
          recollect: (prompt) => known[prompt] ?? (/^how long/i.test(prompt) ? middle : silent),
        }),
      },
      log: silentLog,
      model,
      ask: createBriefQuestions({ perHour, log: silentLog }),
      historyTurns: 12,
      historyCharacters: 12_000,
      prefix: "!",
    });
    return async (text: string): Promise<Answer> =>
      (await lastAnswer(respond(received(text, { room })))) ?? assert.fail("no answer came");
  };

  test("an unsure question is judged in one call, and the taught answer given word for word", async () => {
    const ask = botWith(10);
    const hits = server.hits;
    verdict = "1";
    const answer = await ask("How long until mine is fixed?");
    assert.deepEqual(
      [answer.text, answer.tier, answer.exampleIds, answer.suggestions],
      ["Two days.", "hint", ["e1"], []],
    );
    assert.equal(server.hits, hits + 1);
    const data = JSON.parse(asked(judging).at(-1)!.messages.at(-1)!.content) as {
      question: string;
      answers: { n: number; answer: string }[];
    };
    assert.deepEqual(
      data.answers.map(({ n, answer: text }) => [n, text]),
      [
        [1, "Two days."],
        [2, "Marta."],
        [3, "At eight and at five."],
      ],
    );
    const turn = await turns.find("web:local", answer.turnId);
    assert.match(
      explainTurn(turn!, [], "en"),
      /40 % sure; the language model openai-compatible\/echo judged/,
    );
    verdict = "2";
    assert.deepEqual((await ask("How long does Marta need?")).exampleIds, ["e2"]);
  });

  test("the same question is not judged twice", async () => {
    const ask = botWith(10);
    verdict = "1";
    await ask("How long does a new wheel take?");
    const hits = server.hits;
    assert.equal((await ask("How long does a new wheel take?")).text, "Two days.");
    assert.equal(server.hits, hits);
  });

  test("what the model finds no answer to, and nonsense, is answered as before", async () => {
    const ask = botWith(10);
    for (const said of ["0", "none of them", "99"]) {
      verdict = said;
      assert.equal((await ask(`How long is ${said.length}?`)).text, "I made this up.", said);
    }
  });

  test("a model that fails to judge stops nobody from being answered, and is asked again", async () => {
    const ask = botWith(10);
    verdict = "1";
    server.fail({ kind: "status", status: 500 });
    assert.equal((await ask("How long is that?")).text, "I made this up.");
    assert.equal((await ask("How long is that?")).text, "Two days.");
  });

  test("nothing is judged where the operator turned it off, or the hour's share is used up", async () => {
    verdict = "1";
    for (const [perHour, texts] of [
      [0, ["I made this up.", "I made this up."]],
      [1, ["Two days.", "I made this up."]],
    ] as const) {
      const ask = botWith(perHour);
      const said = [
        await ask("How long does a new wheel take?"),
        await ask("How long does a new lamp take?"),
      ];
      assert.deepEqual(
        said.map(({ text }) => text),
        texts,
      );
    }
  });

  test("a sure answer and a silent memory are not judged", async () => {
    const ask = botWith(10);
    const count = asked(judging).length;
    assert.equal((await ask("Who repairs bicycles?")).text, "Marta.");
    assert.equal((await ask("What is the capital of France?")).text, "I made this up.");
    assert.equal(asked(judging).length, count);
  });

  test("a follow-up that rules cannot complete is completed by the model", async () => {
    const ask = botWith(10);
    await ask("When does the ferry leave?");
    completion = '"Who repairs bicycles?"\nThat is the question.';
    const answer = await ask("and who does the thing with wheels?");
    assert.deepEqual(
      [answer.text, answer.question, answer.understood],
      ["Marta.", "Who repairs bicycles?", "You mean: Who repairs bicycles?"],
    );
    assert.deepEqual(JSON.parse(asked(completing).at(-1)!.messages.at(-1)!.content), {
      question: "When does the ferry leave?",
      next: "and who does the thing with wheels?",
    });
  });
});
