import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, describe, test } from "node:test";
import { questionsApart } from "../../src/conversation/questions-in.ts";
import { understand } from "../../src/conversation/understand.ts";
import { builtInEncoder } from "../../src/encoders/built-in/built-in-encoder.ts";
import { createRecall } from "../../src/learning/recall/embedded-recall.ts";
import type { Recollect } from "../../src/learning/recall/recall.ts";
import { fixtureRows } from "./fixture-rows.ts";

type Language = "en" | "ru";
type Taught = { id: string; en: string; ru: string; answers: Record<Language, string> };

const memoryOf = (
  rows: readonly { readonly id: string; readonly prompt: string; readonly answer: string }[],
): Recollect => {
  const encoder = builtInEncoder();
  const recall = createRecall({ risk: "balanced", ...(encoder && { encoder }) });
  const general = { label: "positive", corrects: false } as const;
  recall.apply({ add: rows.map((row) => ({ ...row, ...general, answerId: row.id })), remove: [] });
  return (prompt, options) => recall.recollect(prompt, options);
};

describe("what a message asks", () => {
  let mill: Record<Language, Recollect>;
  before(() => {
    const rows = fixtureRows<Taught>("mill.jsonl");
    const taught = (language: Language) =>
      memoryOf(
        rows.map((row) => ({
          id: row.id,
          prompt: row[language],
          answer: row.answers[language],
        })),
      );
    mill = { en: taught("en"), ru: taught("ru") };
  });

  test("a follow-up is answered from the question before it, in both languages", () => {
    const rows = fixtureRows<{
      language: Language;
      before: string;
      text: string;
      id: string | null;
    }>("follow-ups.jsonl");
    const wrong = rows.filter(
      (row) =>
        understand({ ...row, recollect: mill[row.language] }).recollection.answerId !== row.id,
    );
    assert.deepEqual(wrong, []);
  });

  test("the question in a long message is found", () => {
    const rows = fixtureRows<{ language: Language; text: string; id: string | null }>(
      "long-messages.jsonl",
    );
    const wrong = rows.filter(
      ({ language, text, id }) =>
        understand({ text, recollect: mill[language] }).recollection.answerId !== id,
    );
    assert.deepEqual(wrong, []);
  });

  test("several questions are told apart, and one question stays one", () => {
    const rows = fixtureRows<{ language: Language; text: string; ids: string[] }>(
      "double-questions.jsonl",
    );
    for (const { language, text, ids } of rows) {
      const apart = questionsApart(text, []);
      let earlier: string | undefined;
      const answers = (apart.length > 1 ? apart : [text]).map((question) => {
        const asked = { text: question, before: earlier, recollect: mill[language] };
        const understood = understand(asked);
        earlier = understood.question;
        return understood.recollection.answerId;
      });
      assert.deepEqual(answers, ids, text);
    }
  });

  test("what was understood is told unless the answer was taught to exactly that", () => {
    const on = understand({
      text: "and on Sunday?",
      before: "When are you open?",
      recollect: mill.en,
    });
    assert.deepEqual([on.question, on.told], ["When are you open on Sunday?", undefined]);
    const sauna = understand({
      text: "and for the sauna?",
      before: "How much is a day pass?",
      recollect: mill.en,
    });
    assert.equal(sauna.told, "How much does the sauna cost?");
    const mars = understand({
      text: "а на Марсе?",
      before: "какой пароль от вайфая?",
      recollect: mill.ru,
    });
    assert.equal(mars.told, "Какой пароль от вайфая: на Марсе?");
    assert.equal(mars.recollection.answer, null);
  });

  test("a question that stands by itself is understood the same, whatever was asked before", () => {
    type Row = { answer: string; taught: string; asked: string; russian: string };
    const file = new URL("../fixtures/understanding/climbing-club.jsonl", import.meta.url);
    const rows = readFileSync(file, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Row);
    const recollect = memoryOf(
      rows.map(({ answer, taught }) => ({ id: answer, prompt: taught, answer })),
    );
    for (const { taught } of rows.slice(0, 6))
      for (const text of rows.flatMap(({ asked, russian }) => [asked, russian])) {
        const alone = understand({ text, recollect });
        const after = understand({ text, recollect, before: taught });
        assert.deepEqual(after, alone, `${taught} ${text}`);
      }
  });

  test("no message takes long to understand", () => {
    const recollect = mill.en;
    for (const text of [
      "and ".repeat(5_000),
      "why? ".repeat(20_000),
      "when, ".repeat(20_000),
      "a".repeat(100_000),
      `${"is it a, ".repeat(3_000)}?`,
    ]) {
      const begun = performance.now();
      questionsApart(text, []);
      understand({ text, before: text, recollect });
      assert.ok(performance.now() - begun < 3_000, text.slice(0, 20));
    }
  });
});
