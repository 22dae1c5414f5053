import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createRecall, restoreRecall } from "../../../src/learning/recall/embedded-recall.ts";
import { learn } from "../../../src/learning/recall/learn.ts";
import { vectorOfExample } from "../../../src/learning/recall/model.ts";
import type { RecallChange, Taught } from "../../../src/learning/recall/recall.ts";
import { promptKey } from "../../../src/storage/prompt-key.ts";
import { trainModel } from "../../../src/learning/recall/train-model.ts";
import { runs } from "../../runs.ts";
import { taught } from "./faq.ts";

const words = [
  "open",
  "close",
  "door",
  "window",
  "когда",
  "дверь",
  "открыта",
  "шалом",
  "שלום",
  "🙂",
];
const prompt = fc
  .array(fc.constantFrom(...words), { minLength: 1, maxLength: 5 })
  .map((list) => list.join(" "));
const example = (ids: number): fc.Arbitrary<Taught> =>
  fc.record({
    id: fc.nat(ids).map((id) => `id${id}`),
    prompt,
    answer: fc.option(fc.constantFrom("A", "B", "Ответ", "תשובה")),
    label: fc.constantFrom("positive", "negative"),
    corrects: fc.boolean(),
  });
const change: fc.Arbitrary<RecallChange> = fc.record({
  add: fc.uniqueArray(example(30), { maxLength: 4, selector: ({ id }) => id }),
  remove: fc.array(
    fc.nat(30).map((id) => `id${id}`),
    { maxLength: 3 },
  ),
});

/** What the changes leave, in the order in which it was taught. */
function ledger(changes: readonly RecallChange[]): Map<string, Taught> {
  const active = new Map<string, Taught>();
  for (const { add, remove } of changes) {
    for (const id of remove) active.delete(id);
    for (const taught of add) {
      if (JSON.stringify(active.get(taught.id)) !== JSON.stringify(taught))
        active.delete(taught.id);
      active.set(taught.id, taught);
    }
  }
  return active;
}

test("whatever is applied, exactly what is active is recalled, and a snapshot agrees", () => {
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 12 }), prompt, (changes, asked) => {
      const recall = createRecall();
      for (const each of changes) recall.apply(each);
      const active = ledger(changes);
      assert.equal(recall.size, active.size);
      const restored = restoreRecall(recall.snapshot());
      for (const memory of [recall, restored]) {
        const found = memory.recollect(asked);
        for (const hint of found.hints) {
          const taught = active.get(hint.exampleId);
          assert.equal(taught?.prompt, hint.prompt);
          assert.equal(taught?.answer, hint.answer);
          assert.ok(hint.similarity >= 0 && hint.similarity <= 1);
        }
        for (const id of found.exampleIds) assert.ok(active.has(id));
        assert.ok(found.score >= 0 && found.score <= 1);
        const ruling = [...active.values()].filter(
          ({ label, corrects, prompt: own }) =>
            label === "positive" && corrects && promptKey(own) === promptKey(asked),
        );
        const rejected = [...active.values()].some(
          ({ label, prompt: own }) => label === "negative" && promptKey(own) === promptKey(asked),
        );
        if (ruling.length === 1 && !rejected) assert.equal(found.answer, ruling[0]!.answer);
      }
      assert.equal(restored.recollect(asked).answer, recall.recollect(asked).answer);
    }),
    { numRuns: runs(20) },
  );
});

test("undoing the latest change restores the recollection, bit for bit", () => {
  fc.assert(
    fc.property(
      fc.array(change, { minLength: 1, maxLength: 10 }),
      fc.uniqueArray(
        example(9).map((taught) => ({ ...taught, id: `new ${taught.id}` })),
        {
          minLength: 1,
          maxLength: 3,
          selector: ({ id }) => id,
        },
      ),
      prompt,
      (changes, add, asked) => {
        const recall = createRecall();
        for (const each of changes) recall.apply(each);
        const superseded = [...ledger(changes).values()].slice(0, 2);
        const before = [asked, add[0]!.prompt].map((each) => recall.recollect(each));
        recall.apply({ add, remove: superseded.map(({ id }) => id) });
        recall.apply({ add: superseded, remove: add.map(({ id }) => id) });
        assert.deepEqual(
          [asked, add[0]!.prompt].map((each) => recall.recollect(each)),
          before,
        );
      },
    ),
    { numRuns: runs(20) },
  );
});

const hostile = [
  "",
  " ",
  "\0",
  "?!…",
  "🙂👍🏽",
  "\ud800 lone \udc00",
  "עברית מימין לשמאל",
  "ﷺ ﬁ Ⅷ",
  "́̂̃",
  "x".repeat(100_000),
  "слово ".repeat(20_000),
  "__proto__",
  "constructor",
];

test("no text breaks it, and every text comes back as it was", () => {
  const recall = createRecall();
  hostile.forEach((text, at) =>
    recall.apply({
      add: [
        {
          id: text || "empty",
          prompt: text,
          answer: `${text}|${at}`,
          label: "positive",
          corrects: false,
        },
      ],
      remove: [],
    }),
  );
  const restored = restoreRecall(recall.snapshot());
  hostile.forEach((text, at) => {
    for (const memory of [recall, restored]) {
      const found = memory.recollect(text);
      if (promptKey(text) !== "") assert.equal(found.answer, `${text}|${at}`);
      else assert.notEqual(found.tier, "exact");
    }
  });
  assert.equal(restored.size, hostile.length);
});

test("any string can be asked", () => {
  const recall = createRecall();
  recall.apply({
    add: [{ id: "1", prompt: "hello", answer: "hi", label: "positive", corrects: false }],
    remove: [],
  });
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
      const { score } = recall.recollect(text);
      assert.ok(score >= 0 && score <= 1);
    }),
    { numRuns: runs(30) },
  );
});

test("without hints everything else is the same, whatever was learned and forgotten", () => {
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), prompt, (changes, asked) => {
      const recall = createRecall();
      for (const each of changes) recall.apply(each);
      for (const question of [asked, `${asked} door`, ...changes.flatMap(promptsOf)]) {
        const { hints, ...found } = recall.recollect(question);
        assert.deepEqual(recall.recollect(question, { hints: false }), { ...found, hints: [] });
        const nearest = hints.map(({ similarity }) => similarity);
        assert.deepEqual(
          nearest,
          nearest.toSorted((left, right) => right - left),
        );
      }
    }),
    { numRuns: runs(15) },
  );
});

const promptsOf = ({ add }: RecallChange): string[] => add.map((taught) => taught.prompt);

test("a remembered vector is that of the prompt, whatever was learned, forgotten and retrained", () => {
  const bulk = Array.from({ length: 40 }, (_, at) => ({
    ...taught(`bulk${at}`, `${words[at % words.length]} ${at}`, `answer ${at % 3}`),
  }));
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
      for (const start of [[], bulk]) {
        const model = trainModel(start, { seed: 1 });
        for (const each of changes) {
          learn(model, each);
          for (const example of model.store.activeExamples())
            assert.deepEqual(
              vectorOfExample(model, example),
              model.vocabulary.vectorOf(model.store.prompt(example)),
            );
        }
      }
    }),
    { numRuns: runs(10) },
  );
});
