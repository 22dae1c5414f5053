import assert from "node:assert/strict";
import { test } from "node:test";
import type { Example } from "../../src/core/example.ts";
import type { Turn } from "../../src/core/turn.ts";
import { explainTurn } from "../../src/conversation/explain.ts";

const turn: Turn = {
  id: "t",
  workspace: "web:local",
  room: "r",
  person: "p",
  personName: "P",
  messageId: "m",
  prompt: "q",
  answer: "a",
  known: true,
  tier: "exact",
  score: 0.934,
  exampleIds: ["e-12345678"],
  modelVersion: "recall@5",
  language: "en",
  startedAt: 0,
  finishedAt: 1,
  answerId: null,
  versionId: null,
  answerMessageIds: [],
};
const example: Example = {
  id: "e-12345678",
  workspace: "web:local",
  prompt: "When  are\nyou open?",
  answer: "Daily {count}",
  label: "positive",
  source: "taught",
  origin: "console",
  author: "web:anna",
  consent: null,
  status: "active",
  supersededBy: null,
  turnId: null,
  language: "en",
  tags: [],
  createdAt: Date.UTC(2026, 10, 21),
  answerId: null,
  reach: "general",
  isCorrected: false,
};

test("says what answered, from which examples, by whom and when", () => {
  assert.equal(
    explainTurn(turn, [example], "en"),
    'This is what I was taught to answer to this very question, word for word.\nModel version: recall@5.\n- "When are you open?" -> "Daily {count}" (taught by web:anna, 2026-11-21, id 12345678)',
  );
});

test("has words for every way an answer comes about, in Russian too", () => {
  const cases: [change: Partial<Turn>, examples: readonly Example[], words: RegExp][] = [
    [{ tier: "hint" }, [example], /уверенность 93 %/],
    [
      { modelVersion: "openai/gpt+4+recall@5", tier: "hint" },
      [example],
      /модель openai\/gpt\+4, увидев 1 выученный пример\./,
    ],
    [
      { modelVersion: "openai/gpt+recall@5", tier: "none", exampleIds: [] },
      [],
      /ничто из выученного на ответ не повлияло/,
    ],
    [{ known: false, exampleIds: [], score: 0.2 }, [], /Я не знал.*20 %/],
    [
      { known: false },
      [{ ...example, answer: null }],
      /научили, что это неизвестно[\s\S]*: неизвестно/,
    ],
    [{ answer: null }, [], /не было ответа/],
    [{}, [{ ...example, label: "negative" }], /никогда «Daily/],
    [{ exampleIds: ["a", "b", "c"] }, [example], /Ещё 2 примера с тех пор отменены/],
  ];
  for (const [change, examples, words] of cases)
    assert.match(explainTurn({ ...turn, ...change }, examples, "ru"), words);
});

test("quotes long words in part, never half a character", () => {
  const words = explainTurn(
    turn,
    [{ ...example, answer: `${"a".repeat(299)}👋${"b".repeat(50)}` }],
    "en",
  );
  assert.ok(words.isWellFormed());
  assert.ok(!words.includes("bbb"));
});
